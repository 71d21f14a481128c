//! A small made-up CRM export, with the quirks that real ones have.

use std::path::{Path, PathBuf};

/// Won deals in [`DEALS`].
pub const WON: u32 = 5;

/// Open and lost deals in [`DEALS`].
pub const LEFT_OUT: u32 = 3;

/// Value of the won deals, in cents.
pub const WON_MINOR: i64 = 1_250_000 + 480_000 + 9_900_050 + 75_000 + 2_400_000;

/// Seven deals and one that was lost; a name in quotes, a product typed without its space, an empty owner.
pub const DEALS: &str = "\
opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
N-1001,Iris Holm,Harbour Plus,\"Lumen & Sons, Ltd\",Won,2026-08-03,2026-10-14,12500
N-1002,Iris Holm,HarbourPlus,Ostrava Glass,Won,2026-08-20,2026-10-20,4800
N-1003,Piotr Zając,Beacon,Żuraw Logistics,Won,2026-07-11,2026-10-21,99000.50
N-1004,,Beacon,Kaleva Paper,Won,2026-09-01,2026-11-02,750
N-1005,Piotr Zając,Harbour,Ostrava Glass,Won,2026-09-10,2026-11-05,24000
N-1006,Iris Holm,Harbour,Marlow Foods,Lost,2026-08-14,2026-10-30,0
N-1007,Piotr Zając,Beacon,,Engaging,2026-10-02,,
N-1008,Iris Holm,Harbour Plus,Tarn Hotels,Prospecting,,,
";

/// Writes [`DEALS`] into a directory.
///
/// # Panics
/// If the directory cannot be written.
pub fn write_deals(dir: &Path) -> PathBuf {
    write(dir, "deals.csv", DEALS)
}

/// Writes a file of `rows` made-up won deals into a directory.
///
/// # Panics
/// If the directory cannot be written.
pub fn write_many_deals(dir: &Path, rows: usize) -> PathBuf {
    let mut text = String::from(
        "opportunity_id,sales_agent,product,account,deal_stage,close_date,close_value\n",
    );
    for row in 0..rows {
        let (agent, account) = (row % 7, row % 23);
        let (month, day) = (row % 12 + 1, row % 28 + 1);
        text.push_str(&format!(
            "M-{row},Agent {agent},Beacon,Client {account},Won,2026-{month:02}-{day:02},{row}.50\n"
        ));
    }
    write(dir, "many.csv", &text)
}

fn write(dir: &Path, name: &str, text: &str) -> PathBuf {
    let path = dir.join(name);
    std::fs::write(&path, text).expect("a test's directory can be written");
    path
}
