//! Who may call what, and what wants a fresh sign-in. Every operation of the generated document has a row here; a test walks them all.

use noren_domain::staff::Role;

use Role::{Administrator, ApiClient, Manager, Salesperson};

/// An operation, named in the signature of its handler by [`crate::auth::Allowed`].
pub trait Permission {
    /// The operation id of the document.
    const OPERATION: &'static str;
    const ROLES: &'static [Role];
    /// Whether people need a fresh sign-in for it. A key is as fresh as it ever was.
    const FRESH: bool;
}

/// One row of the table.
pub struct Row {
    pub operation: &'static str,
    pub roles: &'static [Role],
    pub fresh: bool,
}

macro_rules! permissions {
    (@fresh) => { true };
    ($($name:ident $operation:literal: $($role:ident)+ $(, $fresh:ident)?;)*) => {
        $(
            pub struct $name;
            impl Permission for $name {
                const OPERATION: &'static str = $operation;
                const ROLES: &'static [Role] = &[$($role),+];
                const FRESH: bool = false $(|| permissions!(@$fresh))?;
            }
        )*
        /// The whole table.
        pub const TABLE: &[Row] = &[$(Row { operation: $operation, roles: $name::ROLES, fresh: $name::FRESH }),*];
    };
}

permissions! {
    LogOut "log_out": Salesperson Manager Administrator;
    GetMe "get_me": Salesperson Manager Administrator;
    StepUp "step_up": Salesperson Manager Administrator;
    LockScreen "lock_screen": Salesperson Manager Administrator;
    SetPin "set_pin": Salesperson Manager Administrator;
    RemovePin "remove_pin": Salesperson Manager Administrator;
    ListSessions "list_sessions": Salesperson Manager Administrator;
    EndSession "end_session": Salesperson Manager Administrator;
    EndOtherSessions "end_other_sessions": Salesperson Manager Administrator;
    ChangePassword "change_password": Salesperson Manager Administrator;

    ListLeads "list_leads": Salesperson Manager Administrator ApiClient;
    CountLeads "count_leads": Salesperson Manager Administrator ApiClient;
    CreateLead "create_lead": Salesperson Manager Administrator ApiClient;
    ReadLead "read_lead": Salesperson Manager Administrator ApiClient;
    EditLead "edit_lead": Salesperson Manager Administrator ApiClient;
    AssignLead "assign_lead": Salesperson Manager Administrator ApiClient;
    ChangeLeadStatus "change_lead_status": Salesperson Manager Administrator ApiClient;
    ListTimeline "list_timeline": Salesperson Manager Administrator ApiClient;
    CreateNote "create_note": Salesperson Manager Administrator ApiClient;
    ListMentions "list_mentions": Salesperson Manager Administrator;
    CountMentions "count_mentions": Salesperson Manager Administrator;
    SeeMentions "see_mentions": Salesperson Manager Administrator;
    CreateInquiry "create_inquiry": Salesperson Manager Administrator ApiClient;

    ListForms "list_forms": Manager Administrator;
    CreateForm "create_form": Manager Administrator;
    PreviewForm "preview_form": Manager Administrator;
    ReadForm "read_form": Manager Administrator;
    EditForm "edit_form": Manager Administrator;
    ListFormSubmissions "list_form_submissions": Salesperson Manager Administrator;
    CountFormSubmissions "count_form_submissions": Salesperson Manager Administrator;
    ReadFormSubmission "read_form_submission": Salesperson Manager Administrator;
    AcceptFormSubmission "accept_form_submission": Salesperson Manager Administrator;
    DismissFormSubmission "dismiss_form_submission": Salesperson Manager Administrator;

    ListStaff "list_staff": Salesperson Manager Administrator ApiClient;
    CreateStaff "create_staff": Administrator, fresh;
    ReadStaff "read_staff": Administrator;
    EditStaff "edit_staff": Administrator, fresh;
    SuspendStaff "suspend_staff": Administrator, fresh;
    ReinstateStaff "reinstate_staff": Administrator, fresh;
    RetireStaff "retire_staff": Administrator, fresh;
    HandOverLeads "hand_over_leads": Administrator;
    InviteStaff "invite_staff": Administrator, fresh;
    ListStores "list_stores": Salesperson Manager Administrator ApiClient;
    ReadStore "read_store": Salesperson Manager Administrator ApiClient;
    CreateStore "create_store": Administrator;
    EditStore "edit_store": Administrator;
    ListLeadSources "list_lead_sources": Salesperson Manager Administrator ApiClient;
    ReadLeadSourceMaster "read_lead_source_master": Administrator;
    EditLeadSourceMaster "edit_lead_source_master": Administrator;
    FindPostalCode "find_postal_code": Salesperson Manager Administrator ApiClient;

    StreamEvents "stream_events": Salesperson Manager Administrator ApiClient;

    ReadSystem "read_system": Administrator;
    ListAuditEvents "list_audit_events": Manager Administrator;
    ListApiClients "list_api_clients": Administrator;
    CreateApiClient "create_api_client": Administrator, fresh;
    RevokeApiClient "revoke_api_client": Administrator, fresh;
}

/// The operations that ask for no access token, and why.
pub const PUBLIC: &[(&str, &str)] = &[
    ("log_in", "proves who the caller is"),
    ("refresh_session", "carries the refresh cookie instead"),
    ("list_people_here", "carries the tablet's cookie instead"),
    ("unlock_screen", "carries the tablet's cookie and a PIN instead"),
    ("read_invitation", "carries the invitation's code instead"),
    ("join", "carries the invitation's code instead"),
    ("take_csp_reports", "is sent by browsers, which add no token"),
    ("describe_form", "is asked by the pages of the form's sites"),
    ("submit_form", "is sent by the public"),
    ("find_place", "is asked by the pages of the form's sites"),
];
