//! Where in a value something stands.

/// A step from a value to a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PathSegment {
    /// To the member with this key.
    Key(String),
    /// To the element with this index.
    Index(usize),
}

/// The way from a value to a part of it, outermost step first.
pub(crate) type Path = Vec<PathSegment>;

/// A path as people write it, such as `opening.sources[0].url`.
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

/// The last step of a path, as people write it.
pub(crate) fn last_written(path: &[PathSegment]) -> String {
    written(path.last().map_or(&[], std::slice::from_ref))
}
