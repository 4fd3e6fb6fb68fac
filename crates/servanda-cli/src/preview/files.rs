//! Finds the file of the site for the path of a request.

use std::path::{Component, Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The characters that are percent-encoded in the address of a redirect.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The content types by file extension.
const CONTENT_TYPES: [(&str, &str); 19] = [
    ("atom", "application/atom+xml; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("gif", "image/gif"),
    ("html", HTML),
    ("ico", "image/x-icon"),
    ("ics", "text/calendar; charset=utf-8"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("jsonl", "application/jsonl"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain; charset=utf-8"),
    ("webp", "image/webp"),
    ("woff2", "font/woff2"),
    ("xml", "application/xml"),
];

/// The content type of a page.
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// A file or a folder of the site.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A file, by its path without symbolic links.
    File(PathBuf),
    /// A folder with an `index.html`, at this path, which ends with a slash.
    Folder(String),
}

/// Finds the file or the folder at the path of a request.
///
/// `root` is the path of the site's folder without symbolic links. Returns `None` if there is no
/// file, if it is outside this folder, or if a name in the path starts with a dot or has a
/// separator, a colon or a control character.
pub(super) fn find(root: &Path, path: &str) -> Option<Found> {
    let names = names(path)?;
    let found = inside(root, &root.join(names.iter().collect::<PathBuf>()))?;
    let has_final_slash = path.ends_with('/');
    if !found.is_dir() {
        return (found.is_file() && !has_final_slash).then_some(Found::File(found));
    }
    let index = inside(root, &found.join("index.html")).filter(|index| index.is_file())?;
    if has_final_slash {
        return Some(Found::File(index));
    }
    // The links of the page are relative to the folder, so the address must end with a slash.
    let escaped = names.iter().map(|name| format!("/{}", utf8_percent_encode(name, ESCAPED)));
    Some(Found::Folder(escaped.collect::<String>() + "/"))
}

/// Returns the content type of a file.
pub(super) fn content_type(file: &Path) -> &'static str {
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let known = CONTENT_TYPES.iter().find(|(known, _)| extension.eq_ignore_ascii_case(known));
    known.map_or("application/octet-stream", |(_, content_type)| content_type)
}

/// Splits a path and decodes its parts. Returns `None` unless each is the name of a file or folder.
fn names(path: &str) -> Option<Vec<String>> {
    let mut parts: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
    // The part after a final slash is empty.
    parts.pop_if(|last| last.is_empty());
    let decoded = parts.into_iter().map(|part| percent_decode_str(part).decode_utf8().ok());
    decoded.map(|name| name.filter(|name| is_name(name)).map(|name| name.into_owned())).collect()
}

fn is_name(name: &str) -> bool {
    // A backslash and a colon have a meaning on Windows.
    let has_special = name.chars().any(|c| matches!(c, '/' | '\\' | ':') || c.is_control());
    let mut components = Path::new(name).components();
    let is_normal = matches!((components.next(), components.next()), (Some(Component::Normal(_)), None));
    is_normal && !has_special && !name.starts_with('.')
}

/// Resolves symbolic links. Returns `None` if the file does not exist or is outside the folder.
fn inside(root: &Path, path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok().filter(|resolved| resolved.starts_with(root))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    /// A folder with a site, next to files that are not part of it.
    struct Folder {
        _folder: TempDir,
        site: PathBuf,
    }

    impl Folder {
        fn new() -> Self {
            let folder = TempDir::new().unwrap();
            let root = folder.path().canonicalize().unwrap();
            let site = root.join("site");
            let files = ["site/index.html", "site/a/index.html", "site/a/b c.html", "site/é.html", "site/empty/x.css"];
            let others = ["secret.html", "site-2/index.html", "site/.git/config", "site/.index.html.new"];
            for file in files.into_iter().chain(others) {
                let file = root.join(file);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, "").unwrap();
            }
            Self { _folder: folder, site }
        }

        fn find(&self, path: &str) -> Option<Found> {
            find(&self.site, path)
        }
    }

    #[test]
    fn a_path_names_a_file_or_a_folder() {
        let folder = Folder::new();
        let cases = [
            ("/", "index.html"),
            ("/index.html", "index.html"),
            ("/%69ndex%2Ehtml", "index.html"),
            ("/a/", "a/index.html"),
            ("/a/b%20c.html", "a/b c.html"),
            ("/%C3%A9.html", "é.html"),
            ("/empty/x.css", "empty/x.css"),
        ];
        for (path, file) in cases {
            assert_eq!(folder.find(path), Some(Found::File(folder.site.join(file))), "{path}");
        }
        assert_eq!(folder.find("/a"), Some(Found::Folder("/a/".to_owned())));
        assert_eq!(folder.find("/%61"), Some(Found::Folder("/a/".to_owned())));
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let folder = Folder::new();
        let outside = folder.site.with_file_name("secret.html").display().to_string();
        let missing = ["", "index.html", "/missing.html", "/index.html/", "/index.html/x", "/empty", "/empty/"];
        let dots = ["/.", "/..", "/./index.html", "/../secret.html", "/a/../../secret.html", "/a/..", "/...", "/ .."];
        let escaped =
            ["/%2e%2e/secret.html", "/%2E%2E%2Fsecret.html", "/..%2fsecret.html", "/a%2f..%2f..%2fsecret.html"];
        let twice = ["/%252e%252e/secret.html", "/%25%32%65%25%32%65/secret.html"];
        let backslashes =
            ["/..\\secret.html", "/..%5csecret.html", "/a\\index.html", "/a%5Cindex.html", "\\secret.html"];
        let absolute =
            ["//", "//index.html", "//etc/passwd", "/%2fetc%2fpasswd", "/C:/x", "/c%3a%5cx", "/index.html:x"];
        let hidden = ["/.git/config", "/.index.html.new", "/%2egit/config"];
        let others = ["/../site-2/index.html", "/..%2fsite-2", "/-2/index.html"];
        let invalid =
            ["/%ff.html", "/%c0%ae%c0%ae/secret.html", "/%", "/%zz", "/%00", "/index.html%00.css", "/%0d%0aX:%20y"];
        let all = missing.iter().chain(&dots).chain(&escaped).chain(&twice).chain(&backslashes);
        for path in all.chain(&absolute).chain(&hidden).chain(&others).chain(&invalid) {
            assert_eq!(folder.find(path), None, "{path}");
        }
        assert_eq!(folder.find(&outside), None);
        assert_eq!(folder.find(&format!("/{outside}")), None);
        assert_eq!(folder.find(&format!("/{}", "a/".repeat(5000))), None);
    }

    #[test]
    fn no_character_in_any_place_leads_out_of_the_folder() {
        let folder = Folder::new();
        let characters: Vec<char> = (0..128_u8).map(char::from).chain(['é', '\u{2028}', '\u{ff0f}']).collect();
        for path in ["/../secret.html", "/a/%2e%2e/%2e%2e/secret.html", "/index.html"] {
            for place in 0..=path.len() {
                for character in &characters {
                    let mut path = path.to_owned();
                    path.insert(place, *character);
                    if let Some(Found::File(file)) = folder.find(&path) {
                        assert!(file.starts_with(&folder.site), "{path}");
                    }
                }
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_is_followed_only_inside_the_folder() {
        use std::os::unix::fs::symlink;

        let folder = Folder::new();
        let site = &folder.site;
        symlink(site.join("index.html"), site.join("in.html")).unwrap();
        symlink("../secret.html", site.join("out.html")).unwrap();
        symlink("..", site.join("up")).unwrap();
        symlink("nowhere", site.join("dangling.html")).unwrap();
        symlink("loop", site.join("loop")).unwrap();
        symlink("../../secret.html", site.join("empty/index.html")).unwrap();
        assert_eq!(folder.find("/in.html"), Some(Found::File(site.join("index.html"))));
        for path in ["/out.html", "/up/", "/up/secret.html", "/dangling.html", "/loop", "/empty", "/empty/"] {
            assert_eq!(folder.find(path), None, "{path}");
        }
    }

    #[test]
    fn a_content_type_follows_from_the_name() {
        let cases = [
            ("index.html", "text/html; charset=utf-8"),
            ("a.b/STYLE.CSS", "text/css; charset=utf-8"),
            ("feeds/all.atom", "application/atom+xml; charset=utf-8"),
            ("feeds/all.ics", "text/calendar; charset=utf-8"),
            ("data/ledger.jsonl", "application/jsonl"),
            ("sitemap.xml", "application/xml"),
            ("CNAME", "application/octet-stream"),
            ("x.html.bak", "application/octet-stream"),
        ];
        for (name, expected) in cases {
            assert_eq!(content_type(Path::new(name)), expected, "{name}");
        }
    }
}
