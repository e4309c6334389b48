//! `POST /public/v1/csp-reports`: what browsers say they refused to load or run on our pages.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post, web};
use noren_api::csp_reports::CspReport;

use crate::Error;
use crate::app::App;
use crate::body::{json_body, parse, require_strict};

/// Browsers send a few at a time; the rest of a flood says nothing new.
const MOST: usize = 20;

/// Report breaches of the content policy
///
/// For browsers, which find the address in the header Reporting-Endpoints. What is noted is the rule and the site of what
/// was refused, never an address within a site.
#[utoipa::path(tag = "reports", request_body(content = Vec<CspReport>, content_type = "application/reports+json"),
    responses((status = 204)))]
#[post("/csp-reports")]
pub async fn take_csp_reports(
    app: Data<App>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    app.limits.admit_report(&app.sender(&request))?;
    let body = json_body(&request, payload.into_inner(), &["application/reports+json"]).await?;
    let reports: Vec<CspReport> = parse(&body)?;
    require_strict(&reports, &parse(&body)?)?;
    for body in reports.into_iter().take(MOST).filter_map(|report| report.body) {
        let directive = body.effective_directive.unwrap_or_default();
        let directive: String = directive.chars().filter(|c| c.is_ascii_lowercase() || *c == '-').take(40).collect();
        tracing::warn!(directive, blocked = site(&body.blocked_url.unwrap_or_default()), "csp.violation");
    }
    Ok(HttpResponse::NoContent().finish())
}

/// `https://tracker.example/x?y=z` → `https://tracker.example`; `inline` and `eval` stand for themselves.
fn site(url: &str) -> String {
    let end = url.find("://").map_or(url.len(), |scheme| {
        let host = scheme + 3;
        url[host..].find(['/', '?', '#']).map_or(url.len(), |length| host + length)
    });
    url[..end].chars().filter(char::is_ascii_graphic).take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_names_the_site_alone() {
        assert_eq!(site("https://tracker.example/leads?q=%E6%B8%A1"), "https://tracker.example");
        assert_eq!(site("wss://a.example:8443?token=1"), "wss://a.example:8443");
        assert_eq!(site("inline"), "inline");
        assert_eq!(site(""), "");
    }
}
