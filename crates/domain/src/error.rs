//! Broken rules, in the words of the field.

use crate::lead::LeadStatus;
use crate::staff::StaffStatus;

/// One field that breaks a rule. `field` is the snake_case path that the form knows, `code` a stable key that the
/// screens translate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: String,
    pub code: &'static str,
}

impl FieldError {
    pub fn new(field: impl Into<String>, code: &'static str) -> Self {
        Self { field: field.into(), code }
    }
}

/// Every broken field rule of one input, at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("{} field(s) break a rule", .0.len())]
pub struct Invalid(pub Vec<FieldError>);

impl Invalid {
    /// Keeps the value of a check, or its error under the field's path.
    pub fn take<T>(&mut self, field: impl Into<String>, checked: Result<T, &'static str>) -> Option<T> {
        checked.map_err(|code| self.0.push(FieldError::new(field, code))).ok()
    }

    /// The same with every path inside a member.
    #[must_use]
    pub fn inside(mut self, member: &str) -> Self {
        for error in &mut self.0 {
            error.field = format!("{member}.{}", error.field);
        }
        self
    }

    /// `value` if nothing was broken.
    ///
    /// # Errors
    /// All that was collected.
    pub fn finish<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

/// A rule that a well-formed request breaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Invalid(#[from] Invalid),
    #[error("a lead cannot move from {from:?} to {to:?}")]
    ForbiddenMove { from: LeadStatus, to: LeadStatus },
    #[error("a staff member cannot move from {from:?} to {to:?}")]
    StaffForbiddenMove { from: StaffStatus, to: StaffStatus },
    #[error("nobody would be left to administrate")]
    LastAdministrator,
    #[error("the person is suspended or has left")]
    StaffNotActive,
    #[error("the person has open leads there")]
    HasLeads,
    #[error("the message is on its way, or its way has ended")]
    OutboxForbiddenMove,
    #[error("the hold is over")]
    HoldOver,
    #[error("the car is not held yet")]
    HoldNotHeld,
    #[error("the person has a claim on the car")]
    HoldTwice,
    #[error("the car is not to be had")]
    VehicleNotAvailable,
    #[error("the store is closed for good")]
    StoreClosed,
    #[error("the store is open")]
    StoreOpen,
    #[error("people, leads or forms are left at the store")]
    StoreInUse,
    #[error("there is no store yet")]
    StoreMissing,
    #[error("the first run is over")]
    SetupOver,
    #[error("a disqualified lead cannot be assigned")]
    LeadClosed,
    #[error("somebody still works on the lead")]
    LeadOpen,
    #[error("the lead's person was erased")]
    LeadErased,
    #[error("the integrator's key is revoked")]
    ApiClientRevoked,
    #[error("the assignee does not work at the lead's store")]
    AssigneeElsewhere,
}
