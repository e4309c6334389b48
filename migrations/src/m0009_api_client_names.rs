//! Integrators' keys in use have names of their own, so that the list and the audit tell them apart.

crate::migration!(
    "m0009_api_client_names",
    "
    UPDATE api_clients SET name = name || ' ' || CAST(id AS TEXT) WHERE revoked_at IS NULL AND EXISTS (
        SELECT 1 FROM api_clients AS older
        WHERE older.revoked_at IS NULL AND older.name = api_clients.name AND older.id < api_clients.id
    );
    CREATE UNIQUE INDEX api_clients_name_key ON api_clients (name) WHERE revoked_at IS NULL;
    "
);
