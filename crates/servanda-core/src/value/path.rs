//! Paths from a value to one of its parts.

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PathSegment {
    /// To the member with this key.
    Key(String),
    /// To the element with this index.
    Index(usize),
}

/// The steps from a value to one of its parts, outermost first.
pub(crate) type Path = Vec<PathSegment>;

/// Writes a path for people to read, such as `opening.sources[0].url`.
pub(crate) fn written(path: &[PathSegment]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            PathSegment::Index(index) => text.push_str(&format!("[{index}]")),
            PathSegment::Key(key) => {
                text.push_str(if text.is_empty() { "" } else { "." });
                text.push_str(key);
            }
        }
    }
    text
}

/// Writes the last step of a path for people to read.
pub(crate) fn last_written(path: &[PathSegment]) -> String {
    written(path.last().map_or(&[], std::slice::from_ref))
}
