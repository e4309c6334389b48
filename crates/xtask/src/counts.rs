//! How many tests passed and failed, read from what cargo and Playwright print.

use std::ops::AddAssign;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
}

impl Counts {
    pub const PASSED: Self = Self { passed: 1, failed: 0 };
    pub const FAILED: Self = Self { passed: 0, failed: 1 };

    /// A run that ends badly without naming a failed test has failed all the same, and so has one without any test.
    pub fn judged(mut self, success: bool) -> Self {
        if self.failed == 0 && (!success || self.passed == 0) {
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Adds up cargo's `test result: …` lines, one per test binary.
pub fn of_cargo(output: &str) -> Counts {
    let mut counts = Counts::default();
    for line in output.lines().filter_map(|line| line.trim().strip_prefix("test result:")) {
        for clause in line.split([';', '.']) {
            match amount(clause) {
                Some((number, "passed")) => counts.passed += number,
                Some((number, "failed")) => counts.failed += number,
                _ => {}
            }
        }
    }
    counts
}

/// Reads Playwright's closing lines (`12 passed (1.2m)`). A test that passed at its second attempt has passed; one
/// that never ran has failed.
pub fn of_playwright(output: &str) -> Counts {
    let mut counts = Counts::default();
    for line in output.lines() {
        match amount(line) {
            Some((number, "passed" | "flaky")) => counts.passed += number,
            Some((number, "failed" | "interrupted")) => counts.failed += number,
            Some((number, "did")) if line.trim().ends_with("did not run") => counts.failed += number,
            _ => {}
        }
    }
    counts
}

/// `12 passed (1.2m)` → `(12, "passed")`.
fn amount(text: &str) -> Option<(u64, &str)> {
    let mut words = text.split_whitespace();
    let number = words.next()?.parse().ok()?;
    let word = words.next()?;
    // `12 passed because …` is a test's own output.
    words.next().is_none_or(|rest| rest.starts_with('(') || rest == "not").then_some((number, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_binary_of_a_cargo_run_counts() {
        let output = "\
running 3 tests
test a::b ... ok
test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s
running 2 tests
test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
";
        assert_eq!(of_cargo(output), Counts { passed: 4, failed: 1 });
    }

    #[test]
    fn playwright_closes_with_its_counts() {
        let output = "  ✓  1 a.spec.ts:3:1 › signs in (1.2s)\n\n  2 failed\n    a.spec.ts:9:1 › x\n  1 flaky\n  3 did not run\n  12 passed (1.2m)\n";
        assert_eq!(of_playwright(output), Counts { passed: 13, failed: 5 });
    }

    #[test]
    fn talk_about_passing_is_not_a_count() {
        assert_eq!(of_playwright("  3 passed cars were seen\n"), Counts::default());
    }

    #[test]
    fn a_bad_end_without_a_failed_test_is_one_failure() {
        assert_eq!(Counts::default().judged(false), Counts::FAILED);
        assert_eq!(Counts { passed: 3, failed: 0 }.judged(false), Counts { passed: 3, failed: 1 });
        assert_eq!(Counts { passed: 3, failed: 2 }.judged(false), Counts { passed: 3, failed: 2 });
    }

    #[test]
    fn a_run_without_tests_is_not_a_success() {
        assert_eq!(Counts::default().judged(true), Counts::FAILED);
    }
}
