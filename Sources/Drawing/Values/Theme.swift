/// What a frame, a label or a letter of a formula speaks of. Each role owns one hue, everywhere.
public enum Role: String, Sendable, Hashable, CaseIterable {
    case token, embedding, position, query, key, value, scores, residual
    case attentionOutput = "attention output"
    case feedForward = "feed-forward"
    case gradient, probability
}

/// A colour by its meaning; a theme turns it into a `Color`.
public enum Tint: Sendable, Hashable {
    case ink, muted, hairline, paper, panel, highlight
    case role(Role)
    case fixed(Color)
}

/// Every colour of a figure, for light or dark paper.
public struct Theme: Sendable, Hashable {
    public enum Mode: String, Sendable, Hashable, CaseIterable { case light, dark }

    public var mode: Mode
    /// Text and the strongest lines.
    public var ink: Color
    /// Secondary text, at least 4.5 : 1 on paper.
    public var muted: Color
    /// Rules, grid lines, quiet frames.
    public var hairline: Color
    public var paper: Color
    /// The ground of chips, masked cells and boxes.
    public var panel: Color
    /// 'You are here', and the row or cell in question.
    public var highlight: Color
    /// The ends of the diverging map.
    public var negative: Color
    public var positive: Color
    /// The far end of the sequential map.
    public var full: Color
    private var accents: [Role: Color]

    public func accent(_ role: Role) -> Color { accents[role] ?? ink }

    public func color(_ tint: Tint) -> Color {
        switch tint {
        case .ink: ink
        case .muted: muted
        case .hairline: hairline
        case .paper: paper
        case .panel: panel
        case .highlight: highlight
        case .role(let role): accent(role)
        case .fixed(let color): color
        }
    }

    /// Signed values: −1 orange, 0 paper, +1 blue; smooth, and clamped beyond.
    public func diverging(_ value: Double) -> Color {
        let t = max(-1, min(1, value))
        return paper.mixed(with: t < 0 ? negative : positive, abs(t))
    }

    /// Amounts: 0 paper to 1 ink; smooth, and clamped beyond.
    public func sequential(_ value: Double) -> Color { paper.mixed(with: full, value) }

    /// Ink or paper, whichever reads better on `ground`.
    public func contrastingInk(on ground: Color) -> Color {
        let solid = ground.over(paper)
        let best = ink.contrast(with: solid) >= paper.contrast(with: solid) ? ink : paper
        guard best.contrast(with: solid) < Theme.leastContrast else { return best }
        // On a middling ground only black or white are read well enough.
        return Color.black.contrast(with: solid) >= Color.white.contrast(with: solid) ? .black : .white
    }

    /// What is said beside the matter, as quietly as it can be read on `ground`.
    public func quietInk(on ground: Color) -> Color {
        muted.contrast(with: ground.over(paper)) >= Theme.leastContrast ? muted : contrastingInk(on: ground)
    }

    /// Of text with its ground (WCAG 2.1, AA).
    private static let leastContrast = 4.5

    /// A pale ground of a role's hue, for boxes with ink text on them.
    public func tint(_ role: Role, _ strength: Double = 0.12) -> Color { paper.mixed(with: accent(role), strength) }

    public static func named(_ mode: Mode) -> Theme { mode == .light ? light : dark }

    public static let light = Theme(
        mode: .light, ink: Color(0x0F172A), muted: Color(0x5B6676), hairline: Color(0xD5DBE3), paper: Color(0xFFFFFF),
        panel: Color(0xF1F4F8), highlight: Color(0xF59E0B), negative: Color(0xC2560B), positive: Color(0x1D5FB8),
        full: Color(0x14213D),
        accents: [
            .token: Color(0x475569), .embedding: Color(0x0E7490), .position: Color(0xA21CAF), .query: Color(0x1D4FB8),
            .key: Color(0xC8440B), .value: Color(0x0B7048), .scores: Color(0x3F5B63), .residual: Color(0x8A6100),
            .attentionOutput: Color(0x6D28D9), .feedForward: Color(0xBE185D), .gradient: Color(0x8B1A1A),
            .probability: Color(0x14213D),
        ])

    public static let dark = Theme(
        mode: .dark, ink: Color(0xEEF2F7), muted: Color(0x9CA8B8), hairline: Color(0x3A4554), paper: Color(0x11161D),
        panel: Color(0x1C232D), highlight: Color(0xFBBF24), negative: Color(0xF0883E), positive: Color(0x5AA2F5),
        full: Color(0xE8EEF6),
        accents: [
            .token: Color(0xA8B3C2), .embedding: Color(0x5FD4EA), .position: Color(0xD06BE0), .query: Color(0x8CC4FF),
            .key: Color(0xF0743F), .value: Color(0x35C585), .scores: Color(0x9DB8BF), .residual: Color(0xE0B040),
            .attentionOutput: Color(0xA98BFA), .feedForward: Color(0xFF7DB0), .gradient: Color(0xF27474),
            .probability: Color(0xE8EEF6),
        ])
}
