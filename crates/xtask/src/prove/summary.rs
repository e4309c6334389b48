//! How a run ended, read from the report that schemathesis writes.

use serde_json::Value;

use crate::counts::Counts;
use crate::error::Error;
use crate::parts::Outcome;

/// Requests are counted, and as failed those that found something; what broke without a request is one more.
pub fn read(report: &[u8], success: bool) -> Result<Outcome, Error> {
    let report: Value = serde_json::from_slice(report)?;
    let cases = &report["test_cases"];
    let number = |value: &Value| value.as_u64().unwrap_or(0);
    let broken = report["errors"].as_array().map_or(0, Vec::len) as u64;
    let failed = number(&cases["with_failures"]) + broken;
    let passed = number(&cases["generated"]).saturating_sub(number(&cases["with_failures"]));
    // A run that could not sign in again says little about what follows.
    let whole = report["complete"] == true && report["auth"]["reauth_broke"] != true;
    let counts = Counts { passed, failed }.judged(success && whole);
    let tested = number(&report["operations"]["tested"]);
    let note = match counts.failed {
        0 => format!("{passed} cases, {tested} operations"),
        failed => format!("{failed} of {} cases failed", passed + failed),
    };
    Ok(Outcome { counts, note })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn report(failures: u64, complete: bool) -> Vec<u8> {
        let report = json!({
            "complete": complete,
            "operations": {"total": 36, "selected": 36, "tested": 36},
            "test_cases": {"generated": 2701, "with_failures": failures, "unique_failures": 22, "errored": 0},
            "errors": [],
            "auth": {"reauth_count": 1, "reauth_broke": false}
        });
        report.to_string().into_bytes()
    }

    #[test]
    fn a_run_without_failures_counts_its_cases() {
        let outcome = read(&report(0, true), true).unwrap();
        assert_eq!(outcome.counts, Counts { passed: 2701, failed: 0 });
        assert_eq!(outcome.note, "2701 cases, 36 operations");
    }

    #[test]
    fn a_case_that_failed_has_not_passed() {
        assert_eq!(read(&report(21, true), false).unwrap().counts, Counts { passed: 2680, failed: 21 });
    }

    #[test]
    fn a_run_that_broke_off_has_failed() {
        assert_eq!(read(&report(0, false), true).unwrap().counts.failed, 1);
        assert_eq!(read(&report(0, true), false).unwrap().counts.failed, 1);
        assert_eq!(read(br#"{"complete": true}"#, true).unwrap().counts, Counts::FAILED);
        assert!(read(b"", true).is_err());
    }
}
