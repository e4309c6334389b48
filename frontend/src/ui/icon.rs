//! Icons: one sprite in the tree, 24 px grid, drawn with lines.

use leptos::prelude::*;

macro_rules! icons {
    ($($name:ident $id:literal $body:literal;)*) => {
        /// An icon of the sprite.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon {
            $($name,)*
        }

        impl Icon {
            fn href(self) -> &'static str {
                match self {
                    $(Self::$name => concat!("#i-", $id),)*
                }
            }
        }

        const SPRITE: &str = concat!(
            $("<symbol id=\"i-", $id, "\" viewBox=\"0 0 24 24\">", $body, "</symbol>",)*
        );
    };
}

icons! {
    Alert "alert" r#"<path d="M12 4 2.8 19.5h18.4z"/><path d="M12 10v4.5M12 17.2v.01"/>"#;
    At "at" r#"<circle cx="12" cy="12" r="3.6"/><path d="M15.6 8.4v4.8a2.4 2.4 0 0 0 4.9 0V12a8.5 8.5 0 1 0-3.5 6.9"/>"#;
    Back "back" r#"<path d="m14.5 5-7 7 7 7"/>"#;
    Building "building" r#"<path d="M4.500 21V4.500L13 3v18M3 21h18M13 9.500h6.500V21M7.500 8h2.500M7.500 12h2.500M7.500 16h2.500M16.200 13v.01M16.200 17v.01"/>"#;
    Car "car" r#"<path d="M3 16.5v-3.6l1.7-1 1.9-4.3A2 2 0 0 1 8.4 6.4h7.2a2 2 0 0 1 1.8 1.2l1.9 4.3 1.7 1v3.6a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1z"/><path d="M4.7 11.9h14.6M5.5 17.5v2M18.5 17.5v2M6.5 14.6h2M15.5 14.6h2"/>"#;
    Check "check" r#"<path d="m5 12.5 4.5 4.5L19 7.5"/>"#;
    Clock "clock" r#"<circle cx="12" cy="12" r="8.7"/><path d="M12 7v5.3l3.5 2"/>"#;
    Close "close" r#"<path d="m6 6 12 12M18 6 6 18"/>"#;
    Compare "compare" r#"<rect x="3.5" y="5" width="7" height="14" rx="1.5"/><rect x="13.5" y="5" width="7" height="14" rx="1.5"/>"#;
    Compact "compact" r#"<path d="M4.300 17.500H2.200v-3.800l3.300-1.500L9 8.500h6.500l4 3.800 2.300 1.200v4h-2M8.700 17.500h6.600M5.500 12.300h14M12.200 8.500v3.800"/><circle cx="6.500" cy="17.500" r="2.200"/><circle cx="17.500" cy="17.500" r="2.200"/>"#;
    Copy "copy" r#"<rect x="8.500" y="8.500" width="11.500" height="11.500" rx="2"/><path d="M5 15.500H4.500A1.500 1.500 0 0 1 3 14V4.500A1.500 1.500 0 0 1 4.500 3H14a1.500 1.500 0 0 1 1.500 1.500V5"/>"#;
    Door "door" r#"<path d="M6 21V4.5L14 3v18M3.5 21h17M14 5.5h4V21M11 12.5v.01"/>"#;
    Down "down" r#"<path d="m5 9.500 7 7 7-7"/>"#;
    Expand "expand" r#"<path d="M4 9.500V4h5.500M20 9.500V4h-5.500M4 14.500V20h5.500M20 14.500V20h-5.500"/>"#;
    Filter "filter" r#"<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2.2"/><circle cx="9" cy="17" r="2.2"/>"#;
    Flag "flag" r#"<path d="M5.5 21V3.5M5.5 4.5h12l-2.5 4 2.5 4h-12"/>"#;
    Grid "grid" r#"<rect x="4" y="4.5" width="7" height="6.500" rx="1.200"/><rect x="13" y="4.5" width="7" height="6.500" rx="1.200"/><rect x="4" y="13" width="7" height="6.500" rx="1.200"/><rect x="13" y="13" width="7" height="6.500" rx="1.200"/>"#;
    Globe "globe" r#"<circle cx="12" cy="12" r="8.7"/><path d="M3.3 12h17.4M12 3.3c3 2.6 4 5.6 4 8.7s-1 6.1-4 8.7c-3-2.6-4-5.6-4-8.7s1-6.1 4-8.7z"/>"#;
    Hold "hold" r#"<path d="M6 3.500h12v17l-6-4.500-6 4.500z"/>"#;
    Inbox "inbox" r#"<path d="M3.500 14 6 5h12l2.500 9v4a1.500 1.500 0 0 1-1.500 1.500H5A1.500 1.500 0 0 1 3.500 18z"/><path d="M3.500 14h5a3.500 3.500 0 0 0 7 0h5"/>"#;
    Inquiry "inquiry" r#"<path d="M4 5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-8l-4.5 3.5V17H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z"/><path d="M7.5 9.5h9M7.5 13h5.5"/>"#;
    Known "known" r#"<circle cx="9.5" cy="8" r="3.6"/><path d="M3 20c.4-4 3-6 6.5-6s6.1 2 6.5 6"/><path d="m16.5 10.5 2 2 3.5-4"/>"#;
    Kei "kei" r#"<path d="M4.800 17.500H3.500V12l2.300-5.500H19A1.500 1.500 0 0 1 20.500 8v9.500h-1.300M9.200 17.500h5.600M3.700 12h16.800M12 6.500V12"/><circle cx="7" cy="17.500" r="2.200"/><circle cx="17" cy="17.500" r="2.200"/>"#;
    Leads "leads" r#"<circle cx="10" cy="8" r="3.6"/><path d="M3.5 20c.4-4 3-6 6.5-6s6.1 2 6.5 6"/><path d="M19 7v6M16 10h6"/>"#;
    Line "line" r#"<path d="M12 4c5 0 9 3 9 7 0 4.5-6 7.5-9 9.5v-2.7C7 17.6 3 15 3 11c0-4 4-7 9-7z"/><path d="M8 9.5v3.5h1.8M12 9.5V13M14.5 9.5h2M14.5 11.2h2M14.5 13h2M14.5 9.5V13"/>"#;
    Link "link" r#"<path d="M10 14a4 4 0 0 0 5.700 0l3.600-3.600a4 4 0 0 0-5.700-5.700L12.200 6.100M14 10a4 4 0 0 0-5.700 0l-3.600 3.600a4 4 0 0 0 5.700 5.700l1.400-1.400"/>"#;
    Lock "lock" r#"<rect x="5" y="10.500" width="14" height="10" rx="2"/><path d="M8 10.500V7.500a4 4 0 0 1 8 0v3M12 14.500v2"/>"#;
    Mail "mail" r#"<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m3.5 6.5 8.5 7 8.5-7"/>"#;
    Minivan "minivan" r#"<path d="M4.300 17.500H2V13l2.800-1.300L8 7h11.500l2.200 5v5.500h-2M8.700 17.500h6.600M5 12h16.500M13.500 7v5"/><circle cx="6.500" cy="17.500" r="2.200"/><circle cx="17.500" cy="17.500" r="2.200"/>"#;
    Next "next" r#"<path d="m9.500 5 7 7-7 7"/>"#;
    Offline "offline" r#"<path d="M3 3l18 18M5 12.5a10 10 0 0 1 4-2.6M2.5 9a14 14 0 0 1 4-2.7M19 12.5a10 10 0 0 0-4.5-2.8M21.5 9A14.5 14.5 0 0 0 11 5.100M8.5 16a5 5 0 0 1 6-.6M12 19.500v.01"/>"#;
    Pen "pen" r#"<path d="m4 20 1-4.5L16.5 4a1.7 1.7 0 0 1 2.4 0l1.1 1.1a1.7 1.7 0 0 1 0 2.4L8.5 19z"/><path d="m14.5 6 3.5 3.5"/>"#;
    Person "person" r#"<circle cx="12" cy="8" r="4"/><path d="M4.5 20.500c.5-4.5 3.5-6.5 7.5-6.500s7 2 7.5 6.5"/>"#;
    Phone "phone" r#"<path d="M5 3.5h3.4l1.6 4.2-2.2 1.7a12 12 0 0 0 6.8 6.8l1.7-2.2 4.2 1.6V19a2 2 0 0 1-2.1 2C10.5 20.6 3.4 13.5 3 5.6A2 2 0 0 1 5 3.5z"/>"#;
    Plus "plus" r#"<path d="M12 5v14M5 12h14"/>"#;
    Reload "reload" r#"<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.300L19.5 9"/><path d="M19.5 4.500V9H15"/>"#;
    Rows "rows" r#"<path d="M4 6.500h16M4 12h16M4 17.500h16"/>"#;
    Search "search" r#"<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5 21 21"/>"#;
    Sedan "sedan" r#"<path d="M4.300 17.500H1.800V14l4.200-1.300L9.500 9.500h5.300l3.200 3.200 4.200 1v3.800h-2.500M8.700 17.500h6.600M6 12.800h12M12 9.500v3.300"/><circle cx="6.500" cy="17.500" r="2.200"/><circle cx="17.500" cy="17.500" r="2.200"/>"#;
    Sms "sms" r#"<path d="M4 5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-8l-4.5 3.5V17H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z"/><path d="M7.5 11h.01M12 11h.01M16.5 11h.01"/>"#;
    Sort "sort" r#"<path d="M7 5v14M7 19l-3-3M7 19l3-3M13 6h8M13 11h6M13 16h4"/>"#;
    Star "star" r#"<path d="m12 3.800 2.500 5.300 5.700.8-4.200 4 1 5.800-5-2.800-5 2.800 1-5.800-4.200-4 5.700-.8z"/>"#;
    Store "store" r#"<path d="M4.500 11.500V20h15v-8.500M3 9.500 5 4h14l2 5.500a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0z"/><path d="M9.500 20v-5h5v5"/>"#;
    Suv "suv" r#"<path d="M4.100 17H2v-4.800l3.200-1L8.300 6.500H20l1.700 4.700V17h-1.800M8.900 17h6.200M5.200 11.200h16.500M13.300 6.500v4.700M9.500 4.300h9"/><circle cx="6.500" cy="17" r="2.500"/><circle cx="17.500" cy="17" r="2.500"/>"#;
    Swap "swap" r#"<path d="M4 8.5h14M14.5 5l3.5 3.5-3.5 3.5M20 15.5H6M9.5 12 6 15.5 9.5 19"/>"#;
    Tag "tag" r#"<path d="M4 4h7.500l8.500 8.500-7.500 7.500L4 11.500zM8 8v.01"/>"#;
    Truck "truck" r#"<path d="M4.300 17.500H2.200v-5L4.500 7H10v10.500M2.500 12.500H10M10 11.500h12v6h-2.300M8.700 17.500h6.600"/><circle cx="6.500" cy="17.500" r="2.200"/><circle cx="17.500" cy="17.500" r="2.200"/>"#;
    Up "up" r#"<path d="m5 14.500 7-7 7 7"/>"#;
    Users "users" r#"<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 20c.4-4 3-6 6.5-6s6.1 2 6.5 6M15.5 5.3a3.5 3.5 0 0 1 0 6.4M18 14.6c2 .8 3.2 2.6 3.5 5.4"/>"#;
    Turn "turn" r#"<rect x="6" y="3.5" width="12" height="12.5" rx="1.8"/><path d="M10.5 13.5h3M4 17.5c1.7 2 4.6 3.2 8 3.2s6.3-1.2 8-3.2"/><path d="M17 17.3l3.2-.3.3 3.2"/>"#;
    Wrench "wrench" r#"<path d="M14.5 6.2a4.3 4.3 0 0 1 5.2-1.3l-2.6 2.6.4 2 2 .4 2.1-2.1a4.3 4.3 0 0 1-5.8 5l-7 7.3a2.1 2.1 0 0 1-3-3l7.3-7a4.3 4.3 0 0 1 1.4-3.9z"/>"#;
}

/// The drawings, once per document.
#[component]
pub fn IconSprite() -> impl IntoView {
    view! { <svg class="sprite" width="0" height="0" aria-hidden="true" inner_html=SPRITE></svg> }
}

/// How large an icon is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    Small,
    #[default]
    Medium,
    Large,
}

/// A drawing beside a word. It says nothing to a screen reader; the word does.
#[component]
pub fn Glyph(icon: Icon, #[prop(optional)] size: Size) -> impl IntoView {
    let size = match size {
        Size::Small => Some("sm"),
        Size::Medium => None,
        Size::Large => Some("lg"),
    };
    view! {
        <svg class="i" data-s=size aria-hidden="true">
            <use href=icon.href()></use>
        </svg>
    }
}

/// The noren: a rod and three strips of cloth.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
            <path d="M2 6h28" stroke="currentColor" stroke-width="2.6" stroke-linecap="round"></path>
            <path
                d="M4.5 8.500h7v18.200q-3.5 1.2-7 0zM12.5 8.500h7v18.200q-3.5 1.2-7 0zM20.5 8.500h7v18.200q-3.5 1.2-7 0z"
                fill="currentColor"
            ></path>
        </svg>
    }
}
