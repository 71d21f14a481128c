//! Time and randomness, injected: nothing else in the core reads a clock or draws a number.

use crate::ids::Id;
use chrono::{DateTime, Local, NaiveDate, Timelike, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use uuid::{Builder, Uuid};

/// Where instants come from.
pub trait Clock: Send + Sync {
    /// Now, in UTC milliseconds since 1970.
    fn now(&self) -> i64;

    /// The civil date here and now.
    fn today(&self) -> NaiveDate;

    /// Minutes since midnight, here and now.
    fn minute_of_day(&self) -> u32;
}

/// The machine's clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> i64 {
        Utc::now().timestamp_millis()
    }

    fn today(&self) -> NaiveDate {
        Local::now().date_naive()
    }

    fn minute_of_day(&self) -> u32 {
        let now = Local::now();
        now.hour() * 60 + now.minute()
    }
}

/// A clock that stands still until it is set: for tests, simulations and rehearsal stores.
#[derive(Debug, Clone, Default)]
pub struct SetClock(Arc<AtomicI64>);

impl SetClock {
    /// A clock that shows `now` in UTC milliseconds.
    #[must_use]
    pub fn at(now: i64) -> Self {
        Self(Arc::new(AtomicI64::new(now)))
    }

    /// Sets the clock, forwards or backwards.
    pub fn set(&self, now: i64) {
        self.0.store(now, Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    fn today(&self) -> NaiveDate {
        DateTime::from_timestamp_millis(self.now()).map_or(NaiveDate::MIN, |at| at.date_naive())
    }

    fn minute_of_day(&self) -> u32 {
        u32::try_from(self.now().rem_euclid(86_400_000) / 60_000).unwrap_or(0)
    }
}

/// Where random bytes come from.
pub trait Randomness: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        // A machine without a random source cannot make ids; uuid's own generator would panic there too.
        if getrandom::fill(bytes).is_err() {
            bytes.copy_from_slice(
                &Uuid::now_v7().as_bytes().repeat(bytes.len() / 16 + 1)[..bytes.len()],
            );
        }
    }
}

/// A reproducible sequence (splitmix64) for tests and sample books.
#[derive(Debug)]
pub struct SeededRandomness(AtomicU64);

impl SeededRandomness {
    /// The sequence of this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    /// The next 64 bits.
    pub fn next(&self) -> u64 {
        let mut bits = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::SeqCst);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }
}

impl Randomness for SeededRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
    }
}

/// A new UUID v7 from the injected clock and randomness.
pub fn new_id(clock: &dyn Clock, randomness: &dyn Randomness) -> Id {
    let mut bytes = [0_u8; 10];
    randomness.fill(&mut bytes);
    let millis = u64::try_from(clock.now()).unwrap_or(0);
    Id(Builder::from_unix_timestamp_millis(millis, &bytes)
        .into_uuid()
        .into_bytes())
}
