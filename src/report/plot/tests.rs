use super::{Chart, Kind, PlotError, Point, Series, XKind, YKind, themed};

pub(super) fn chart(x: XKind, y: YKind, series: Vec<Series>) -> Chart {
    Chart { title: "A title".to_owned(), x_label: "k".to_owned(), y_label: "pass@k".to_owned(), x, y, series }
}

/// A line through `ys` at 0, 1, and so on.
pub(super) fn line(name: &str, ys: &[f64]) -> Series {
    let points = (0_u32..).zip(ys).map(|(x, &y)| Point { x: f64::from(x), y, interval: None }).collect();
    Series { name: name.to_owned(), points, kind: Kind::Ours }
}

fn with_bands(mut series: Series, half: f64) -> Series {
    for point in &mut series.points {
        point.interval = Some((point.y - half, point.y + half));
    }
    series
}

fn by_k(name: &str, kind: Kind, points: &[(f64, f64)]) -> Series {
    let points = points.iter().map(|&(x, y)| Point { x, y, interval: None }).collect();
    Series { name: name.to_owned(), points, kind }
}

/// A chart of ours beside the paper's.
fn usual() -> Chart {
    let paper =
        |name, ys: [f64; 4]| by_k(name, Kind::Paper, &[(1.0, ys[0]), (5.0, ys[1]), (10.0, ys[2]), (25.0, ys[3])]);
    let ours = |name, ys: [f64; 4]| {
        with_bands(by_k(name, Kind::Ours, &[(1.0, ys[0]), (2.0, ys[1]), (8.0, ys[2]), (32.0, ys[3])]), 3.0)
    };
    let series = vec![
        ours("Qwen2.5-Coder-0.5B + self-training", [15.0, 21.0, 33.0, 46.0]),
        ours("Qwen2.5-Coder-0.5B", [9.0, 14.0, 27.0, 41.0]),
        paper("PaLM 2-L+NExT; 0-shot", [49.3, 68.1, 73.5, 79.4]),
        paper("PaLM 2-L; 3-shot", [23.2, 45.7, 54.7, 65.0]),
        paper("GPT-4; 3-shot", [63.2, 75.1, 78.5, 82.7]),
        paper("GPT-3.5; 3-shot", [42.9, 65.0, 70.7, 76.7]),
    ];
    let title = "End-to-end fix rate by number of samples".to_owned();
    Chart { title, x_label: "k (samples per task)".to_owned(), ..chart(XKind::Log2, YKind::Percent, series) }
}

/// A chart of text that wants to get out.
fn hostile() -> Chart {
    let long = "a very long name of a model that does not fit on a line of the legend and therefore has to be broken somewhere ".repeat(2);
    let names = [
        "<script>alert(\"x\")</script> & 'quotes'",
        "line\nbreak \u{202e}turned\u{0} \x1b[31m",
        long.as_str(),
        "שלום עולם",
        "_".repeat(200).leak(),
        "日本語 \u{1F600}",
        "seventh",
        "eighth",
    ];
    let series = names
        .iter()
        .zip(0..)
        .map(|(name, at)| line(name, &(0..30).map(|x| f64::from(x * 7 % 11 + 3 * at)).collect::<Vec<_>>()))
        .collect();
    Chart {
        title: format!("\"#0072B2\" <b> {long}"),
        y_label: long.clone(),
        x_label: long.clone(),
        ..chart(XKind::Linear, YKind::Plain, series)
    }
}

fn small() -> Chart {
    let mut one = with_bands(line("one point with an interval", &[2.5]), 0.2);
    one.points[0].x = 3.0;
    let mut gaps = with_bands(line("intervals here and there", &[2.9, 2.1, 1.6, 1.4, 1.3, 1.28]), 0.1);
    gaps.points[1].interval = None;
    gaps.points[4].interval = None;
    let mut paper = line("dashed", &[3.0, 2.5, 2.2, 1.9, 1.8, 1.75]);
    paper.kind = Kind::Paper;
    let series = vec![one, gaps, paper];
    Chart { y_label: "loss".to_owned(), x_label: "iteration".to_owned(), ..chart(XKind::Linear, YKind::Plain, series) }
}

fn all() -> [(&'static str, Chart); 3] {
    [("usual", usual()), ("hostile", hostile()), ("small", small())]
}

#[test]
fn charts_are_drawn_alike_every_time() {
    for (name, chart) in all() {
        let (svg, png) = (chart.svg().unwrap(), chart.png().unwrap());
        assert_eq!(svg, chart.svg().unwrap(), "{name}");
        assert!(png == chart.png().unwrap(), "{name}");
        // To look at them: TRACEWRIGHT_PLOTS=folder.
        if let Some(folder) = std::env::var_os("TRACEWRIGHT_PLOTS").map(std::path::PathBuf::from) {
            std::fs::write(folder.join(format!("{name}.svg")), svg).unwrap();
            std::fs::write(folder.join(format!("{name}.png")), png).unwrap();
        }
    }
}

#[test]
fn the_usual_chart() {
    insta::assert_snapshot!(usual().svg().unwrap());
}

/// The values between quotation marks after ` name=`.
fn attributes<'a>(svg: &'a str, name: &str) -> Vec<&'a str> {
    svg.split(&format!(" {name}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn text_is_text_and_inside() {
    for (name, chart) in all() {
        let svg = chart.svg().unwrap();
        assert!(!svg.contains("<script") && !svg.contains("<b>"), "{name}");
        assert!(!svg.chars().any(|c| c.is_control() && c != '\n'), "{name}");
        let header = svg.split('>').next().unwrap();
        let size: Vec<f64> = attributes(header, "viewBox")[0].split(' ').map(|each| each.parse().unwrap()).collect();
        for element in svg.split("<text").skip(1) {
            let (tag, rest) = element.split_once('>').unwrap();
            let number = |name: &str| attributes(tag, name)[0].parse::<f64>().unwrap();
            let text = rest.split('<').next().unwrap().trim();
            let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
            let wide = super::text::width(&text.replace("&apos;", "'"), number("font-size"));
            let left = match attributes(tag, "text-anchor")[0] {
                "start" => number("x"),
                "middle" => number("x") - wide / 2.0,
                _ => number("x") - wide,
            };
            assert!(left >= 0.0 && left + wide <= size[2], "{name}: `{text}` from {left}, {wide} wide");
            assert!(number("y") > 0.0 && number("y") < size[3], "{name}: `{text}`");
        }
    }
}

#[test]
fn the_legend_covers_nothing() {
    let plan = super::Plan::of(&hostile()).unwrap();
    assert_eq!(plan.samples.len(), 8);
    assert!(plan.samples.iter().all(|sample| sample.1 > plan.area.3));
    let mut middles: Vec<_> = plan.samples.iter().map(|sample| (sample.1, sample.0)).collect();
    middles.dedup();
    assert_eq!(middles.len(), 8, "no two in one place");
}

#[test]
fn a_page_can_set_every_colour() {
    let svg = usual().svg().unwrap();
    let colours = |svg: &str| -> Vec<String> {
        ["fill", "stroke"].iter().flat_map(|name| attributes(svg, name)).map(str::to_owned).collect()
    };
    assert!(colours(&svg).iter().all(|colour| colour == "none" || colour.starts_with('#')));
    let themed = themed(&svg);
    assert!(colours(&themed).iter().all(|colour| colour == "none" || colour.starts_with("var(--plot-")), "{themed}");
    for name in ["1", "2", "3", "4", "5", "6", "ink", "grid", "back"] {
        assert!(themed.contains(&format!("var(--plot-{name}, #")), "{name}");
    }
    assert!(super::themed(&hostile().svg().unwrap()).contains("aria-label=\"&quot;#0072B2&quot; &lt;b&gt;"));
}

#[test]
fn png_has_the_size_and_the_colours() {
    let chart = usual();
    let bytes = chart.png().unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let svg = chart.svg().unwrap();
    let size = |name| attributes(&svg, name)[0].parse::<u32>().unwrap() * 2;
    assert_eq!((info.width, info.height), (size("width"), size("height")));
    let count = |colour: [u8; 3]| pixels.chunks(3).filter(|pixel| *pixel == colour).count();
    let all = pixels.len() / 3;
    assert!(count([0xFF; 3]) > all / 2);
    for colour in [[0x00, 0x72, 0xB2], [0xD5, 0x5E, 0x00], [0x24, 0x29, 0x2F], [0xD8, 0xDE, 0xE4]] {
        assert!(count(colour) > all / 2000, "{colour:?}: {}", count(colour));
    }
}

#[test]
fn charts_that_cannot_be_drawn_say_why() {
    let error = |chart: Chart| {
        let error = chart.svg().unwrap_err();
        assert_eq!(chart.png().unwrap_err().to_string(), error.to_string());
        error
    };
    assert!(matches!(error(chart(XKind::Linear, YKind::Plain, vec![])), PlotError::Empty { .. }));
    assert!(matches!(error(chart(XKind::Linear, YKind::Plain, vec![line("", &[])])), PlotError::Empty { .. }));
    assert!(matches!(error(chart(XKind::Log2, YKind::Plain, vec![line("", &[1.0])])), PlotError::NotPositive { .. }));
    for bad in [f64::NAN, f64::INFINITY, 1e200] {
        assert!(matches!(
            error(chart(XKind::Linear, YKind::Plain, vec![line("", &[1.0, bad])])),
            PlotError::NotFinite { .. }
        ));
    }
}

#[test]
fn odd_numbers_are_drawn() {
    for ys in [&[0.0][..], &[1e-9, 2e-9], &[1e50, -1e50], &[5.0, 5.0, 5.0], &[-3.0, -2.0]] {
        for y in [YKind::Percent, YKind::Plain] {
            chart(XKind::Linear, y, vec![line("", ys)]).svg().unwrap();
        }
    }
}
