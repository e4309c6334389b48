//! Who may call what, what wants a fresh sign-in, what is open to whom a second factor is still asked of, and what is open while the
//! screen is turned to a customer. Every operation of the generated document has a row here; a test walks them all by every role, and by keys of every scope.

use noren_domain::api_client::Scope;
use noren_domain::staff::Role;

use Role::{Administrator, ApiClient, Manager, Salesperson};

/// An operation, named in the signature of its handler by [`crate::auth::Allowed`].
pub trait Permission {
    /// The operation id of the document.
    const OPERATION: &'static str;
    const ROLES: &'static [Role];
    /// Whether people need a fresh sign-in for it. A key is as fresh as it ever was.
    const FRESH: bool;
    /// Whether it is open to whom a second factor is still asked of.
    const ENROLLING: bool;
    /// Whether it is open in お客様表示. What is not marked so is refused while a customer looks.
    const CUSTOMER_VIEW: bool;
    /// What an integrator's key needs to have been given; none where keys may not call.
    const SCOPE: Option<Scope>;
}

/// One row of the table.
pub struct Row {
    pub operation: &'static str,
    pub roles: &'static [Role],
    pub fresh: bool,
    pub enrolling: bool,
    pub customer_view: bool,
    pub scope: Option<Scope>,
}

/// A row names one scope, with its role of integrators' keys, or none.
const fn only(scopes: &[Scope]) -> Option<Scope> {
    match scopes {
        [only] => Some(*only),
        _ => None,
    }
}

macro_rules! permissions {
    (@fresh fresh) => { true };
    (@enrolling enrolling) => { true };
    (@customer_view customer_view) => { true };
    (@$wanted:ident $other:ident) => { false };
    ($($name:ident $operation:literal: $($role:ident $(($scope:ident))?)+ $(, $mark:ident)*;)*) => {
        $(
            pub struct $name;
            impl Permission for $name {
                const OPERATION: &'static str = $operation;
                const ROLES: &'static [Role] = &[$($role),+];
                const FRESH: bool = false $(|| permissions!(@fresh $mark))*;
                const ENROLLING: bool = false $(|| permissions!(@enrolling $mark))*;
                const CUSTOMER_VIEW: bool = false $(|| permissions!(@customer_view $mark))*;
                const SCOPE: Option<Scope> = only(&[$($(Scope::$scope,)?)+]);
            }
        )*
        /// The whole table.
        pub const TABLE: &[Row] = &[$(Row {
            operation: $operation,
            roles: $name::ROLES,
            fresh: $name::FRESH,
            enrolling: $name::ENROLLING,
            customer_view: $name::CUSTOMER_VIEW,
            scope: $name::SCOPE,
        }),*];
    };
}

permissions! {
    LogOut "log_out": Salesperson Manager Administrator, enrolling, customer_view;
    GetMe "get_me": Salesperson Manager Administrator, enrolling, customer_view;
    StepUp "step_up": Salesperson Manager Administrator, enrolling;
    AskPasskeyAgain "ask_passkey_again": Salesperson Manager Administrator, enrolling;
    LockScreen "lock_screen": Salesperson Manager Administrator;
    SetPin "set_pin": Salesperson Manager Administrator;
    RemovePin "remove_pin": Salesperson Manager Administrator;
    ListSessions "list_sessions": Salesperson Manager Administrator, enrolling;
    EndSession "end_session": Salesperson Manager Administrator, enrolling;
    EndOtherSessions "end_other_sessions": Salesperson Manager Administrator, enrolling;
    SetLanguage "set_language": Salesperson Manager Administrator, enrolling;
    ChangePassword "change_password": Salesperson Manager Administrator, enrolling;

    ReadCustomerView "read_customer_view": Salesperson Manager Administrator, customer_view;
    EnterCustomerView "enter_customer_view": Salesperson Manager Administrator, customer_view;
    LeaveCustomerView "leave_customer_view": Salesperson Manager Administrator, customer_view;

    ListSecondFactors "list_second_factors": Salesperson Manager Administrator, enrolling;
    OfferAuthenticator "offer_authenticator": Salesperson Manager Administrator, fresh, enrolling;
    ConfirmAuthenticator "confirm_authenticator": Salesperson Manager Administrator, fresh, enrolling;
    RemoveAuthenticator "remove_authenticator": Salesperson Manager Administrator, fresh;
    OfferPasskey "offer_passkey": Salesperson Manager Administrator, fresh, enrolling;
    RegisterPasskey "register_passkey": Salesperson Manager Administrator, fresh, enrolling;
    RemovePasskey "remove_passkey": Salesperson Manager Administrator, fresh;
    MakeRecoveryCodes "make_recovery_codes": Salesperson Manager Administrator, fresh, enrolling;

    ListLeads "list_leads": Salesperson Manager Administrator ApiClient(LeadsRead);
    CountLeads "count_leads": Salesperson Manager Administrator ApiClient(LeadsRead);
    CreateLead "create_lead": Salesperson Manager Administrator ApiClient(LeadsCreate);
    ReadLead "read_lead": Salesperson Manager Administrator ApiClient(LeadsRead);
    EditLead "edit_lead": Salesperson Manager Administrator ApiClient(LeadsWrite);
    AssignLead "assign_lead": Salesperson Manager Administrator ApiClient(LeadsWrite);
    EraseLead "erase_lead": Administrator, fresh;
    ChangeLeadStatus "change_lead_status": Salesperson Manager Administrator ApiClient(LeadsWrite);
    ListTimeline "list_timeline": Salesperson Manager Administrator ApiClient(LeadsRead);
    CreateNote "create_note": Salesperson Manager Administrator ApiClient(LeadsWrite);
    ListMentions "list_mentions": Salesperson Manager Administrator;
    CountMentions "count_mentions": Salesperson Manager Administrator;
    SeeMentions "see_mentions": Salesperson Manager Administrator;
    CreateInquiry "create_inquiry": Salesperson Manager Administrator ApiClient(LeadsCreate);

    ListCustomers "list_customers": Salesperson Manager Administrator ApiClient(CustomersRead);
    ReadCustomer "read_customer": Salesperson Manager Administrator ApiClient(CustomersRead);
    ListPurchases "list_purchases": Salesperson Manager Administrator ApiClient(CustomersRead);
    ListMaintenanceRecords "list_maintenance_records": Salesperson Manager Administrator ApiClient(CustomersRead);
    ListInspections "list_inspections": Salesperson Manager Administrator ApiClient(CustomersRead);
    ReadCustomerTimeline "read_customer_timeline": Salesperson Manager Administrator;
    RequestCorrection "request_correction": Salesperson Manager Administrator;
    ResendCorrection "resend_correction": Salesperson Manager Administrator;
    ListCorrectionRequests "list_correction_requests": Salesperson Manager Administrator;
    ListCustomerMatches "list_customer_matches": Salesperson Manager Administrator;
    LinkLeadCustomer "link_lead_customer": Salesperson Manager Administrator;
    UnlinkLeadCustomer "unlink_lead_customer": Salesperson Manager Administrator;

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

    ListStaff "list_staff": Salesperson Manager Administrator ApiClient(StaffRead);
    CreateStaff "create_staff": Administrator, fresh;
    ReadStaff "read_staff": Administrator;
    EditStaff "edit_staff": Administrator, fresh;
    SuspendStaff "suspend_staff": Administrator, fresh;
    ReinstateStaff "reinstate_staff": Administrator, fresh;
    RetireStaff "retire_staff": Administrator, fresh;
    HandOverLeads "hand_over_leads": Administrator;
    ResetSecondFactors "reset_second_factors": Administrator, fresh;
    InviteStaff "invite_staff": Administrator, fresh;
    InviteStaffByMail "invite_staff_by_mail": Administrator, fresh;
    ReadCompany "read_company": Salesperson Manager Administrator, customer_view;
    EditCompany "edit_company": Administrator;
    SetCompanyLogo "set_company_logo": Administrator;
    RemoveCompanyLogo "remove_company_logo": Administrator;
    SetSetupStep "set_setup_step": Administrator;
    ListStores "list_stores": Salesperson Manager Administrator ApiClient(StoresRead), customer_view;
    ReadStore "read_store": Salesperson Manager Administrator ApiClient(StoresRead);
    CreateStore "create_store": Administrator;
    EditStore "edit_store": Administrator;
    ReadStoreUse "read_store_use": Administrator;
    CloseStore "close_store": Administrator;
    ReopenStore "reopen_store": Administrator;
    ListLeadSources "list_lead_sources": Salesperson Manager Administrator ApiClient(MastersRead);
    ReadLeadSourceMaster "read_lead_source_master": Administrator;
    EditLeadSourceMaster "edit_lead_source_master": Administrator;
    ListTags "list_tags": Salesperson Manager Administrator ApiClient(MastersRead);
    ReadTagMaster "read_tag_master": Administrator;
    EditTagMaster "edit_tag_master": Administrator;
    FindPostalCode "find_postal_code": Salesperson Manager Administrator ApiClient(MastersRead);

    ListVehicles "list_vehicles": Salesperson Manager Administrator ApiClient(StockRead), customer_view;
    ReadVehicleOverview "read_vehicle_overview": Salesperson Manager Administrator ApiClient(StockRead), customer_view;
    ReadVehicle "read_vehicle": Salesperson Manager Administrator ApiClient(StockRead), customer_view;
    ReadAvailability "read_availability": Salesperson Manager Administrator ApiClient(StockRead);
    CompareVehicles "compare_vehicles": Salesperson Manager Administrator ApiClient(StockRead), customer_view;
    ReadVehiclePhoto "read_vehicle_photo": Salesperson Manager Administrator ApiClient(StockRead), customer_view;
    ListInterestedLeads "list_interested_leads": Salesperson Manager Administrator ApiClient(LeadsRead);
    ListWantedVehicles "list_wanted_vehicles": Salesperson Manager Administrator ApiClient(LeadsRead), customer_view;
    LinkWantedVehicle "link_wanted_vehicle": Salesperson Manager Administrator ApiClient(LeadsWrite), customer_view;
    UnlinkWantedVehicle "unlink_wanted_vehicle": Salesperson Manager Administrator ApiClient(LeadsWrite), customer_view;
    ListVehicleFilters "list_vehicle_filters": Salesperson Manager Administrator;
    CreateVehicleFilter "create_vehicle_filter": Salesperson Manager Administrator;
    EditVehicleFilter "edit_vehicle_filter": Salesperson Manager Administrator;
    DeleteVehicleFilter "delete_vehicle_filter": Salesperson Manager Administrator;

    PlaceHold "place_hold": Salesperson Manager Administrator;
    ListVehicleHolds "list_vehicle_holds": Salesperson Manager Administrator;
    ListHolds "list_holds": Salesperson Manager Administrator;
    ReadHold "read_hold": Salesperson Manager Administrator;
    ExtendHold "extend_hold": Salesperson Manager Administrator;
    ReleaseHold "release_hold": Salesperson Manager Administrator;

    ListExternalSystems "list_external_systems": Salesperson Manager Administrator ApiClient(MastersRead);
    ReadExternalSystemMaster "read_external_system_master": Administrator;
    EditExternalSystemMaster "edit_external_system_master": Administrator;
    ListVehicleExternalLinks "list_vehicle_external_links": Salesperson Manager Administrator ApiClient(StockRead);
    SetVehicleExternalCode "set_vehicle_external_code": Manager Administrator;
    RemoveVehicleExternalCode "remove_vehicle_external_code": Manager Administrator;
    ListCustomerExternalLinks "list_customer_external_links": Salesperson Manager Administrator ApiClient(CustomersRead);
    SetCustomerExternalCode "set_customer_external_code": Manager Administrator;
    RemoveCustomerExternalCode "remove_customer_external_code": Manager Administrator;

    StreamEvents "stream_events": Salesperson Manager Administrator ApiClient(EventsRead), customer_view;

    ReadSystem "read_system": Administrator;
    ListAuditEvents "list_audit_events": Manager Administrator;
    ExportAuditEvents "export_audit_events": Manager Administrator, fresh;
    VerifyAudit "verify_audit": Administrator;
    ListAuditVerifications "list_audit_verifications": Administrator;
    ReadAuditVerification "read_audit_verification": Administrator;
    ListAccessEvents "list_access_events": Administrator;
    ReadAccessEvent "read_access_event": Administrator;
    ExportAccessEvents "export_access_events": Administrator, fresh;
    ReadAccessRecording "read_access_recording": Administrator;
    EditAccessRecording "edit_access_recording": Administrator, fresh;
    ReadExtremeFreshness "read_extreme_freshness": Salesperson Manager Administrator;
    ReadExtremeStatus "read_extreme_status": Manager Administrator;
    SyncExtreme "sync_extreme": Administrator;
    ListExtremeConflicts "list_extreme_conflicts": Administrator;
    SettleExtremeConflict "settle_extreme_conflict": Administrator, fresh;
    ListExtremeIntakes "list_extreme_intakes": Administrator;
    HandInExtremeFile "hand_in_extreme_file": Administrator;
    ReadExtremeIntake "read_extreme_intake": Administrator;
    ListExtremeIntakeReasons "list_extreme_intake_reasons": Administrator;
    ExportExtremeIntakeReasons "export_extreme_intake_reasons": Administrator;
    ExportExtremeIntakeFile "export_extreme_intake_file": Administrator, fresh;
    AllowExtremeIntake "allow_extreme_intake": Administrator;
    DismissExtremeIntake "dismiss_extreme_intake": Administrator;
    ReadExtremeColumnMap "read_extreme_column_map": Administrator;
    SetExtremeColumnMap "set_extreme_column_map": Administrator;
    ListManualEntries "list_manual_entries": Manager Administrator;
    EnterManualEntry "enter_manual_entry": Manager Administrator;
    ReopenManualEntry "reopen_manual_entry": Manager Administrator;
    ExportManualEntries "export_manual_entries": Manager Administrator, fresh;
    ListOutboxMessages "list_outbox_messages": Administrator;
    ReadOutboxMessage "read_outbox_message": Administrator;
    RetryOutboxMessage "retry_outbox_message": Administrator;
    DiscardOutboxMessage "discard_outbox_message": Administrator;
    ListOutboxDestinations "list_outbox_destinations": Administrator;
    PauseOutboxDestination "pause_outbox_destination": Administrator;
    ResumeOutboxDestination "resume_outbox_destination": Administrator;
    ListApiClients "list_api_clients": Administrator;
    CreateApiClient "create_api_client": Administrator, fresh;
    ReadApiClient "read_api_client": Administrator;
    EditApiClient "edit_api_client": Administrator, fresh;
    RotateApiClient "rotate_api_client": Administrator, fresh;
    RevokeApiClient "revoke_api_client": Administrator, fresh;
}

/// The operations that ask for no access token, and why.
pub const PUBLIC: &[(&str, &str)] = &[
    ("log_in", "proves who the caller is"),
    ("pass_second_factor", "carries the question that followed the password instead"),
    ("ask_passkey", "begins a sign-in"),
    ("sign_in_by_passkey", "proves who the caller is"),
    ("refresh_session", "carries the refresh cookie instead"),
    ("list_people_here", "carries the tablet's cookie instead"),
    ("unlock_screen", "carries the tablet's cookie and a PIN instead"),
    ("read_invitation", "carries the invitation's code instead"),
    ("join", "carries the invitation's code instead"),
    ("request_recovery", "is asked by who cannot sign in, and answers everybody alike"),
    ("read_setup", "is asked where nobody can have signed in yet"),
    ("set_up", "carries the code of the server's console instead"),
    ("take_csp_reports", "is sent by browsers, which add no token"),
    ("describe_form", "is asked by the pages of the form's sites"),
    ("submit_form", "is sent by the public"),
    ("find_place", "is asked by the pages of the form's sites"),
];

/// The scope that an integrator's key needs for an operation.
#[must_use]
pub fn scope_of(operation: &str) -> Option<Scope> {
    TABLE.iter().find(|row| row.operation == operation)?.scope
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_changes_nothing_but_the_cars_that_they_look_at() {
        let open = TABLE.iter().filter(|row| row.customer_view).map(|row| row.operation);
        let writing = open.filter(|name| {
            !["get_", "read_", "list_", "compare_", "stream_"].iter().any(|verb| name.starts_with(verb))
        });
        let expected =
            ["log_out", "enter_customer_view", "leave_customer_view", "link_wanted_vehicle", "unlink_wanted_vehicle"];
        assert_eq!(writing.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_keys_may_call_has_a_scope_and_nothing_else_has() {
        for row in TABLE {
            assert_eq!(row.roles.contains(&ApiClient), row.scope.is_some(), "{}", row.operation);
        }
        for scope in Scope::ALL {
            assert!(TABLE.iter().any(|row| row.scope == Some(scope)), "{}", scope.as_str());
        }
    }
}
