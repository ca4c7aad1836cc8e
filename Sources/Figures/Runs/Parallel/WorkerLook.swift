import Drawing
import Wording

/// How a worker is told from the others: a colour of its own and stripes of its own, so that grey prints too.
struct WorkerLook {
    let worker: Int

    /// Workers are counted from one where people read.
    static func name(_ worker: Int) -> Phrase {
        Phrase(en: "worker {n}", zh: "工作者 {n}").filled(["n": Phrase("\(worker + 1)")])
    }

    // Okabe and Ito's colours, which colour-blind readers tell apart; paler on dark paper.
    private static let light: [UInt32] = [
        0x0072B2, 0xD55E00, 0x009E73, 0xB0568A, 0x3D9BCB, 0xC98A00, 0x5B6676, 0x7A5230,
    ]
    private static let dark: [UInt32] = [
        0x5AB4E8, 0xF08A4B, 0x3CCB9F, 0xE59BC6, 0xA3D8F5, 0xF2C14E, 0xAAB4C2, 0xC89F76,
    ]

    func color(_ theme: Theme) -> Color {
        let all = theme.mode == .light ? Self.light : Self.dark
        return Color(all[worker % all.count])
    }

    func ground(_ theme: Theme) -> Color { theme.paper.mixed(with: color(theme), 0.22) }

    /// A box of the worker's: pale ground, its stripes, its frame.
    func paint(_ rect: Rect, _ theme: Theme, onto canvas: inout Canvas, frame: Double = 2) {
        let color = color(theme)
        canvas.fill(.rectangle(rect), ground(theme))
        let stripes = theme.paper.mixed(with: color, 0.55)
        for path in pattern(rect) { canvas.fill(path, stripes) }
        canvas.stroke(.rectangle(rect), Stroke(color, width: frame))
    }

    private func pattern(_ rect: Rect) -> [Path] {
        let gap = 9.0
        switch worker % 8 {
        case 0: return Self.diagonals(rect, gap: gap, falls: false)
        case 1: return Self.bars(rect, gap: gap, isUpright: false)
        case 2: return Self.diagonals(rect, gap: gap, falls: true)
        case 3: return Self.bars(rect, gap: gap, isUpright: true)
        case 4: return Self.dots(rect, gap: gap)
        case 5:
            return Self.diagonals(rect, gap: 2 * gap, falls: false) + Self.diagonals(rect, gap: 2 * gap, falls: true)
        case 6: return Self.bars(rect, gap: 2 * gap, isUpright: false) + Self.bars(rect, gap: 2 * gap, isUpright: true)
        default: return []
        }
    }

    private static let thickness = 1.5

    private static func bars(_ rect: Rect, gap: Double, isUpright: Bool) -> [Path] {
        let length = isUpright ? rect.width : rect.height
        return stride(from: gap / 2, to: length - thickness, by: gap).map { place in
            .rectangle(
                isUpright
                    ? Rect(rect.minX + place, rect.minY, thickness, rect.height)
                    : Rect(rect.minX, rect.minY + place, rect.width, thickness))
        }
    }

    private static func dots(_ rect: Rect, gap: Double) -> [Path] {
        var paths: [Path] = []
        for y in stride(from: gap / 2, to: rect.height - 1, by: gap) {
            for x in stride(from: gap / 2, to: rect.width - 1, by: gap) {
                paths.append(.circle(Point(rect.minX + x, rect.minY + y), radius: 1.6))
            }
        }
        return paths
    }

    /// Stripes at 45 degrees as thin filled shapes, cut at the rectangle.
    private static func diagonals(_ rect: Rect, gap: Double, falls: Bool) -> [Path] {
        stride(from: gap / 2, to: rect.width + rect.height, by: gap).compactMap { offset in
            let (start, end) = (max(0, offset - rect.height), min(rect.width, offset))
            guard end - start > 1 else { return nil }
            func point(_ x: Double) -> Point {
                Point(rect.minX + x, falls ? rect.maxY - (offset - x) : rect.minY + (offset - x))
            }
            let side = (point(end) - point(start)).unit.turned * (thickness / 2)
            return .polyline(
                [point(start) + side, point(end) + side, point(end) - side, point(start) - side], closed: true)
        }
    }
}

/// Numbers of bytes as figures write them.
enum Bytes {
    /// `1.2 MB`, in powers of 1,000.
    static func text(_ bytes: Int) -> String {
        var size = Double(bytes)
        for unit in ["B", "KB", "MB", "GB"] {
            if size < 999.5 || unit == "GB" {
                return (unit == "B" ? "\(bytes)" : Numbers.fixed(size, decimals: size < 10 ? 1 : 0)) + " " + unit
            }
            size /= 1000
        }
        return "\(bytes) B"
    }
}
