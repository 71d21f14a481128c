//! The import of a real CRM export of 8,800 deals, through the command line, to the last cent.
//!
//! `BATON_REAL_DATA` names the directory that holds `crm-sales-opportunities`; `make test-real DATA=…` sets it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use baton_tests::program::Cli;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;

const WON: u64 = 4_238;
const NOT_WON: u64 = 4_562;
const WON_MINOR: i64 = 1_000_553_400;

fn file(name: &str) -> String {
    let data = std::env::var_os("BATON_REAL_DATA")
        .expect("BATON_REAL_DATA names the directory of the data");
    let path = PathBuf::from(data)
        .join("crm-sales-opportunities")
        .join(name);
    assert!(path.is_file(), "{} is not there", path.display());
    path.display().to_string()
}

fn counts(report: &Value) -> [u64; 5] {
    ["created", "updated", "unchanged", "skipped", "rejected"]
        .map(|count| report[count].as_u64().unwrap_or(u64::MAX))
}

#[test]
fn a_real_export_comes_in_whole_and_a_second_time_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(dir.path().join("store"));
    let pipeline = file("sales_pipeline.csv");

    let preview = cli.done(&["import", "deals", &pipeline, "--preview"]);
    assert_eq!(counts(&preview), [WON, 0, 0, NOT_WON, 0]);
    assert_eq!(preview["preview"], true);
    assert_eq!(
        cli.done(&["engagements"]).as_array().map(Vec::len),
        Some(0),
        "a preview writes nothing"
    );

    let first = cli.done(&["import", "deals", &pipeline]);
    assert_eq!(counts(&first), [WON, 0, 0, NOT_WON, 0]);
    assert_eq!(first["value_sum_minor"], WON_MINOR);
    assert_eq!(first["accounts_created"], 85);
    assert_eq!(first["rejections"], json!([]));

    let before = cli.run(&["dump"]).out;
    let again = cli.done(&["import", "deals", &pipeline]);
    assert_eq!(counts(&again), [0, 0, WON, NOT_WON, 0]);
    assert_eq!(again["operations"], 0);
    assert_eq!(
        cli.run(&["dump"]).out,
        before,
        "the second import wrote nothing"
    );

    let check = cli.done(&["check"]);
    assert_eq!(check["ok"], true, "{check}");
}

#[test]
fn every_imported_engagement_stands_in_post_sales_with_its_account_owner_date_and_value() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(dir.path().join("store"));
    cli.done(&["import", "deals", &file("sales_pipeline.csv")]);
    let list = cli.done(&["engagements"]);
    let list = list.as_array().unwrap();
    assert_eq!(list.len() as u64, WON);
    let ids: BTreeSet<&str> = list.iter().filter_map(|row| row["id"].as_str()).collect();
    assert_eq!(ids.len() as u64, WON, "every id once");
    let sum: i64 = list
        .iter()
        .filter_map(|row| row["value_minor"].as_i64())
        .sum();
    assert_eq!(sum, WON_MINOR);
    for row in list {
        assert_eq!(row["stage"], "post-sales", "{row}");
        assert_eq!(row["currency"], "USD", "{row}");
        for field in [
            "account",
            "account_id",
            "owner",
            "owner_id",
            "signed_on",
            "name",
        ] {
            assert!(
                row[field].as_str().is_some_and(|text| !text.is_empty()),
                "{field}: {row}"
            );
        }
    }
    assert_eq!(cli.done(&["engagements", "--stage", "kick-off"]), json!([]));
}

#[test]
fn accounts_and_products_come_in_beside_the_deals_and_close_names_are_pointed_out() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(dir.path().join("store"));
    let accounts = cli.done(&["import", "accounts", &file("accounts.csv")]);
    assert_eq!(
        (accounts["created"].as_u64(), accounts["rejected"].as_u64()),
        (Some(85), Some(0))
    );
    let products = cli.done(&["import", "products", &file("products.csv")]);
    assert_eq!(
        (products["created"].as_u64(), products["rejected"].as_u64()),
        (Some(7), Some(0))
    );

    let deals = cli.done(&["import", "deals", &file("sales_pipeline.csv")]);
    assert_eq!(counts(&deals), [WON, 0, 0, NOT_WON, 0]);
    assert_eq!(deals["accounts_created"], 0, "they were there already");
    let notices = deals["notices"].as_array().unwrap();
    assert!(
        notices.iter().any(|notice| {
            notice["code"] == "product_looks_like"
                && notice["typed"] == "GTXPro"
                && notice["known"] == "GTX Pro"
        }),
        "{notices:?}"
    );
    for what in ["accounts", "products"] {
        let again = cli.done(&["import", what, &file(&format!("{what}.csv"))]);
        assert_eq!(again["operations"], 0, "{again}");
    }
    assert_eq!(cli.done(&["check"])["ok"], true);
}
