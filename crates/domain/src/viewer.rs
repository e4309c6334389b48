//! Who looks, and which rows exist for them.

use crate::customer_view::CustomerView;
use crate::hold::Hold;
use crate::lead::Lead;
use crate::staff::Role;
use crate::{ApiClientId, StaffId, StoreId};

/// The identity behind a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Principal {
    Staff(StaffId),
    ApiClient(ApiClientId),
}

impl Principal {
    /// The staff member, unless it is an integrator.
    #[must_use]
    pub fn staff_id(self) -> Option<StaffId> {
        match self {
            Self::Staff(id) => Some(id),
            Self::ApiClient(_) => None,
        }
    }
}

impl std::fmt::Display for Principal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Staff(id) => write!(f, "staff:{id}"),
            Self::ApiClient(id) => write!(f, "api_client:{id}"),
        }
    }
}

/// A required argument of every query: it decides which rows exist for the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    pub principal: Principal,
    pub role: Role,
    /// The stores of a salesperson, manager or integrator. An administrator sees all and this is not asked.
    pub stores: Vec<StoreId>,
    /// Whom the screen is turned to, while it is お客様表示.
    pub customer_view: Option<CustomerView>,
}

impl Viewer {
    /// The stores to filter by, or `None` for all of them.
    #[must_use]
    pub fn store_filter(&self) -> Option<&[StoreId]> {
        (self.role != Role::Administrator).then_some(self.stores.as_slice())
    }

    #[must_use]
    pub fn sees_store(&self, store: StoreId) -> bool {
        self.store_filter().is_none_or(|stores| stores.contains(&store))
    }

    /// The stores whose stock exists for them, or `None` for all: people sell the whole company's cars, integrators see those of
    /// their stores.
    #[must_use]
    pub fn stock_filter(&self) -> Option<&[StoreId]> {
        (self.role == Role::ApiClient).then_some(self.stores.as_slice())
    }

    /// Whether they may know what a car has cost the company. Nobody may while a customer looks.
    #[must_use]
    pub fn sees_cost(&self) -> bool {
        self.customer_view.is_none() && matches!(self.role, Role::Manager | Role::Administrator)
    }

    /// The staff member behind the request, unless it is an integrator.
    #[must_use]
    pub fn staff_id(&self) -> Option<StaffId> {
        self.principal.staff_id()
    }

    /// Who placed a hold changes it, and managers do where it was placed for one of their stores.
    #[must_use]
    pub fn changes(&self, hold: &Hold) -> bool {
        match self.role {
            Role::ApiClient => false,
            Role::Salesperson => self.staff_id() == Some(hold.staff_id),
            Role::Manager | Role::Administrator => {
                self.staff_id() == Some(hold.staff_id) || self.sees_store(hold.store_id)
            }
        }
    }

    /// A lead that may not be seen does not exist for this viewer.
    #[must_use]
    pub fn sees(&self, lead: &Lead) -> bool {
        self.sees_store(lead.store_id) && self.customer_view.is_none_or(|view| view.shows(lead.id))
    }

    /// A salesperson edits the leads assigned to them and those of nobody; everyone else all that they see.
    #[must_use]
    pub fn edits(&self, lead: &Lead) -> bool {
        self.sees(lead)
            && (self.role != Role::Salesperson || lead.assignee_id.is_none() || lead.assignee_id == self.staff_id())
    }
}
