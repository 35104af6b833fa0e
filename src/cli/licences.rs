//! `tracewright licences`.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use tracewright_guest::{NOTICES, Notice};

use super::{print, table};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// List names, versions and licences without their texts.
    #[arg(long)]
    list: bool,
}

/// The licences that the program itself can be had under.
const OWN: [(&str, &str); 2] =
    [("Apache-2.0", include_str!("../../LICENSE-APACHE")), ("MIT", include_str!("../../LICENSE-MIT"))];

/// Works in the program that its Rust crates carry along.
const CARRIED: &[Notice] = &[
    Notice {
        name: "CORE-MATH",
        version: "core-math 1.4",
        licence: "MIT",
        what: "mathematical functions, correctly rounded, which the program lends the interpreter",
        source: "the crate core-math-sys and the heads of its C files",
        text: include_str!("../../LICENSE-CORE-MATH"),
    },
    #[cfg(feature = "report")]
    Notice {
        name: "DejaVu Sans",
        version: "2.37",
        licence: "Bitstream-Vera",
        what: "letters in charts",
        source: "the fonts' LICENSE",
        text: include_str!("../../LICENSE-DEJAVU"),
    },
];

const CRATES: &str = "The program's Rust crates are not listed here. Releases have them in THIRD-PARTY-CRATES.txt, made\n\
from the crates' own files; in a clone, `.ci/crates` makes it, and deny.toml has what is allowed.";

pub(super) fn run(arguments: &Arguments, json: bool) -> super::Outcome<ExitCode> {
    let parts = NOTICES.iter().map(|notice| ("interpreter", notice));
    let parts: Vec<_> = parts.chain(CARRIED.iter().map(|notice| ("program", notice))).collect();
    if json {
        let text = |text: &'static str| (!arguments.list).then_some(text);
        let entry = |(place, notice): &(&str, &Notice)| {
            json!({
                "name": notice.name,
                "version": notice.version,
                "licence": notice.licence,
                "in": place,
                "what": notice.what,
                "source": notice.source,
                "text": text(notice.text),
            })
        };
        print::json(&json!({
            "version": env!("CARGO_PKG_VERSION"),
            "licence": env!("CARGO_PKG_LICENSE"),
            "texts": OWN.map(|(name, own)| json!({ "licence": name, "text": text(own) })),
            "notices": parts.iter().map(entry).collect::<Vec<_>>(),
            "crates": CRATES.replace('\n', " "),
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = format!(
        "Tracewright {}: {}, at your choice.\nIt holds these works of other people's:\n\n",
        env!("CARGO_PKG_VERSION"),
        OWN.map(|(name, _)| name).join(" or "),
    );
    let rows: Vec<_> = parts.iter().flat_map(|(place, notice)| rows(place, notice)).collect();
    out += &table::columns(&rows);
    out += &format!("\n{CRATES}\n");
    if !arguments.list {
        for (name, text) in OWN {
            out += &section(&format!("Tracewright: {name}"), "", text);
        }
        for (place, notice) in parts {
            let title = format!("{} ({}): {}", notice.name, notice.version, notice.licence);
            let head = format!("In the {place}: {}.\nText: {}.\n\n", notice.what, notice.source);
            out += &section(&title, &head, notice.text);
        }
    }
    print::text(&out)?;
    Ok(ExitCode::SUCCESS)
}

/// A row of the table, and others for what is left of a long licence.
fn rows(place: &str, notice: &Notice) -> Vec<Vec<String>> {
    let terms: Vec<&str> = notice.licence.split(" AND ").collect();
    let mut rows: Vec<_> = terms
        .chunks(3)
        .map(|terms| vec![String::new(), String::new(), String::new(), format!("AND {}", terms.join(" AND "))])
        .collect();
    let first = terms[..terms.len().min(3)].join(" AND ");
    rows[0] = [notice.name, notice.version, place, &first].map(str::to_owned).to_vec();
    rows
}

fn section(title: &str, head: &str, text: &str) -> String {
    let rule = "=".repeat(78);
    format!("\n{rule}\n{title}\n{rule}\n\n{head}{}\n", text.trim_matches('\n'))
}
