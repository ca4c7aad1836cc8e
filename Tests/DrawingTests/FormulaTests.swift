import TestSupport
import Testing

@testable import Drawing

@Suite struct FormulaTests {
    @Test(arguments: [
        (#"\softmax\left(\frac{Q K^\top}{\sqrt{d}}\right) V"#, "softmax((Q K⊤) / (√d))V"),
        (#"x_i^2 + 1"#, "x_i^2 + 1"), ("h'' = h'", "h′′ = h′"), (#"\role{query}{Q}"#, "Q"), (#"a-b"#, "a − b"),
        (#"损失 = 1"#, "损失 = 1"), (#"\text{共和国}"#, "共和国"),
        (#"\begin{pmatrix}1 & 2 \\ 3 & 4\end{pmatrix}"#, "([1, 2; 3, 4])"),
    ])
    func plainText(_ notation: String, _ text: String) throws {
        #expect(try Formula(parsing: notation).plainText == text)
    }

    @Test func mathML() throws {
        let formula = try Formula(parsing: #"\frac{\role{query}{Q}\role{key}{K}^\top}{\sqrt{d}}"#)
        #expect(
            formula.mathML(display: false)
                == #"<math xmlns="http://www.w3.org/1998/Math/MathML" display="inline" alttext="(Q K⊤) / (√d)">"#
                + #"<mfrac><mrow><mrow class="role-query"><mi>Q</mi></mrow><msup><mrow class="role-key"><mi>K</mi>"#
                + #"</mrow><mi>⊤</mi></msup></mrow><msqrt><mi>d</mi></msqrt></mfrac></math>"#)
        let colored = formula.mathML(theme: .light)
        #expect(colored.contains(#"mathcolor="\#(Theme.light.accent(.query).hex)""#))
        #expect(try Formula(parsing: "a<b").mathML().contains("<mo>&lt;</mo>"))
    }

    @Test(arguments: [
        (#"\frac{a}"#, FormulaProblem.missing("{…} (frac)"), 8), (#"\nothing"#, .unknownCommand("nothing"), 8),
        (#"\role{king}{Q}"#, .unknownRole("king"), 11), (#"{a"#, .missing("}"), 2), (#"a}"#, .unexpected("}"), 1),
        (#"\left( a"#, .missing("\\right"), 8), (#"\begin{box}a\end{box}"#, .unknownCommand("begin{box}"), 11),
        (#"x^"#, .missing("{…} (^)"), 2), (#"\"#, .missing("\\…"), 0),
    ])
    func mistakesAreExplained(_ notation: String, _ problem: FormulaProblem, _ position: Int) {
        expectFailure(DrawingError.badFormula(problem, formula: notation, position: position)) {
            _ = try Formula(parsing: notation)
        }
        let lenient = Formula(notation)
        #expect(lenient.problem != nil)
        #expect(lenient.plainText == notation)
    }

    @Test func fractionsStandOnTheAxis() {
        let size = 100.0
        let box = Formula(#"\frac{a}{b}"#).box(size: size, space())
        let rule = box.items.compactMap { item -> Rect? in
            if case .path(let path, _, _) = item.content { path.bounds } else { nil }
        }
        #expect(rule.count == 1)
        #expect(abs((rule.first?.midY ?? 0) + 25) < 0.01)
        #expect(box.ascent > 70 && box.descent > 20)
    }

    @Test func scriptsAreSmallerAndApart() {
        let box = Formula("x_i^2").box(size: 40, space())
        let lines = box.items.compactMap { item -> TextLine? in
            if case .text(let line) = item.content { line } else { nil }
        }
        #expect(lines.map { $0.font.size } == [40, 28, 28])
        #expect(lines[1].origin.y < 0 && lines[2].origin.y > 0)
        #expect(lines[1].inkRect.intersection(lines[2].inkRect) == nil)
    }

    @Test func fencesGrow() {
        let low = Formula(#"\left(a\right)"#).box(size: 40, space())
        let high = Formula(#"\left(\frac{a}{b}\right)"#).box(size: 40, space())
        #expect(high.height > low.height * 1.5)
    }

    @Test func rolesColourLetters() {
        let box = Formula(#"\role{feedForward}{W}"#).box(size: 20, space())
        guard case .text(let line)? = box.items.first?.content else {
            Issue.record("no letter")
            return
        }
        #expect(line.color == Theme.light.accent(.feedForward))
        #expect(line.string == "𝑊")
    }
}
