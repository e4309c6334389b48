//! Integrators' keys in use have names of their own, so that the list and the audit tell them apart.

crate::migration!(
    "m0009_api_client_names",
    "
    CREATE UNIQUE INDEX api_clients_name_key ON api_clients (name) WHERE revoked_at IS NULL;
    "
);
