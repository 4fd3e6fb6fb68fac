//! The JSON Schema of an entry.

/// The JSON Schema (draft 2020-12) of one entry, which is also the reference for its members.
///
/// ```
/// let schema: serde_json::Value = serde_json::from_str(servanda_core::format::SCHEMA)?;
/// assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub const SCHEMA: &str = include_str!("../../schema/entry.schema.json");
