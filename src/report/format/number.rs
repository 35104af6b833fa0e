//! Numbers for people: percent with one decimal.

use super::super::table::Interval;

/// The sign that stands where nothing was measured.
pub(super) const DASH: &str = "–";

/// A share as percent, with one decimal.
pub(in super::super) fn percent(share: f64) -> String {
    if share.is_finite() { without_minus_zero(format!("{:.1}", share * 100.0)) } else { DASH.to_owned() }
}

/// A difference of shares in points, signed.
pub(in super::super) fn points(difference: f64) -> String {
    if difference.is_finite() { without_minus_zero(format!("{:+.1}", difference * 100.0)) } else { DASH.to_owned() }
}

/// An interval: both ends, as percent.
pub(super) fn interval(interval: Interval) -> String {
    format!("{}, {}", percent(interval.low), percent(interval.high))
}

/// A number's text, without the sign where it rounds to zero.
fn without_minus_zero(text: String) -> String {
    if matches!(text.as_str(), "-0.0" | "+0.0") { "0.0".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::{DASH, percent, points};

    #[test]
    fn one_decimal_and_no_negative_zero() {
        assert_eq!(percent(0.4925), "49.2");
        assert_eq!(percent(1.0), "100.0");
        assert_eq!(percent(-0.0001), "0.0");
        assert_eq!(points(0.143), "+14.3");
        assert_eq!(points(-0.0004), "0.0");
        assert_eq!(points(-0.01), "-1.0");
        assert_eq!(percent(f64::NAN), DASH);
    }
}
