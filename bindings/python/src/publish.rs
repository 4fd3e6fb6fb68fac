//! Sites.

use std::path::PathBuf;

use pyo3::prelude::*;
use servanda_publish::{Published, Site};

use crate::error::Result;
use crate::view::View;

/// Publishes a view as a static site. Returns the numbers of files, of those written and of those
/// removed. The configuration is the name and the text of a TOML file.
#[pyfunction]
#[pyo3(signature = (view, folder, config, /))]
pub(crate) fn publish(
    py: Python<'_>,
    view: &View,
    folder: PathBuf,
    config: Option<(String, String)>,
) -> Result<(usize, usize, usize)> {
    let site = match config {
        None => Site::default(),
        Some((name, text)) => Site::from_toml(&name, &text)?,
    };
    let Published { files, written, removed, .. } =
        py.detach(|| servanda_publish::publish(&view.view, &site, folder))?;
    Ok((files, written, removed))
}
