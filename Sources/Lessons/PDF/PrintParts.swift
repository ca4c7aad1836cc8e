import Rendering

/// What bands are to who has the book read aloud. A paragraph is one over all of its lines; what only decorates is
/// nothing.
extension [PrintBand] {
    /// All that is read is one such part, in place of the paragraphs that it was set as.
    func told(as role: PDFDocument.Part.Role) -> [PrintBand] {
        var isFirst = true
        return reading { parts in
            parts = [PDFDocument.Part(role, begins: isFirst)]
            isFirst = false
        }
    }

    /// All that is read stands in one such part.
    func within(_ role: PDFDocument.Part.Role) -> [PrintBand] {
        var isFirst = true
        return reading { parts in
            parts.insert(PDFDocument.Part(role, begins: isFirst), at: 0)
            isFirst = false
        }
    }

    /// Lists, or what else stands outermost, as one: only the first begins.
    var joined: [PrintBand] {
        var first: PDFDocument.Part?
        return reading { parts in
            if first == nil {
                first = parts[0]
            } else if parts[0].role == first?.role {
                parts[0].begins = false
            }
        }
    }

    private func reading(_ change: (inout [PDFDocument.Part]) -> Void) -> [PrintBand] {
        var bands = self
        for band in bands.indices {
            for piece in bands[band].pieces.indices where !bands[band].pieces[piece].parts.isEmpty {
                change(&bands[band].pieces[piece].parts)
            }
        }
        return bands
    }
}
