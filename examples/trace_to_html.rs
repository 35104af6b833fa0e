//! Writes a page that steps through a program: `cargo run --example trace_to_html -- PAGE [program.py 'call(...)']`.

use tracewright::Judge;

const PROGRAM: &str = "def gcd(a, b):\n    while b:\n        a, b = b, a % b\n    return a\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let page = arguments.first().map_or("trace.html", String::as_str);
    let code = match arguments.get(1) {
        Some(path) => std::fs::read_to_string(path)?,
        None => PROGRAM.to_owned(),
    };
    let call = arguments.get(2).map_or("assert gcd(48, 36) == 12", String::as_str);

    let judge = Judge::builder().jobs(1).build()?;
    let trace = judge.trace(&code, call)?;
    std::fs::write(page, trace.html("A trace"))?;
    println!("{page}: {} steps, {:?}", trace.steps(), trace.ending());
    Ok(())
}
