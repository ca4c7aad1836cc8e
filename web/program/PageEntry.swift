import Drawing
import Models
import Reading
import Tensors
import Tokenizers
import Tracing
import Wording

// What a browser calls: bytes in, bytes out. Pointers are places in the program's own memory.

/// What is asked at present, and all that was asked before, by their names. A page has one thread.
nonisolated(unsafe) private var session: PageSession?
nonisolated(unsafe) private var sessions: [String: PageSession] = [:]
nonisolated(unsafe) private var files: [String: FileBytes] = [:]
nonisolated(unsafe) private var answer: [UInt8] = []

private func bytes(_ start: UnsafeRawPointer, _ count: Int) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: start, count: max(0, count)))
}

@_expose(wasm, "page_alloc")
@_cdecl("page_alloc")
public func pageAlloc(_ count: Int) -> UnsafeMutableRawPointer {
    .allocate(byteCount: max(1, count), alignment: 16)
}

@_expose(wasm, "page_free")
@_cdecl("page_free")
public func pageFree(_ start: UnsafeMutableRawPointer) { start.deallocate() }

/// Hands over one of the files, `FOLDER/NAME`; the bytes must stay where they are, for tensors read them there.
@_expose(wasm, "page_file")
@_cdecl("page_file")
public func pageFile(_ name: UnsafeRawPointer, _ nameCount: Int, _ start: UnsafeRawPointer, _ count: Int) {
    let name = String(decoding: bytes(name, nameCount), as: UTF8.self)
    files[name] = FileBytes(UnsafeRawBufferPointer(start: start, count: count), path: name)
}

/// Turns to what a name stands for: the model, or the run that is over, of the files in that folder. Made once, then
/// kept. 0 where it worked, else the answer says why not.
@_expose(wasm, "page_load")
@_cdecl("page_load")
public func pageLoad(_ name: UnsafeRawPointer, _ count: Int) -> Int {
    let name = String(decoding: bytes(name, count), as: UTF8.self)
    if let known = sessions[name] {
        session = known
        return 0
    }
    do throws(Failure) {
        let made = try PageSession(name: name, files: files, measurer: CanvasMeasurer().any)
        (sessions[name], session) = (made, made)
        return 0
    } catch {
        // In the language that is spoken so far.
        answer = PageSession.refusal(error, in: session?.language ?? .english)
        return 1
    }
}

@_expose(wasm, "page_ask")
@_cdecl("page_ask")
public func pageAsk(_ question: UnsafeRawPointer, _ count: Int) {
    answer = session?.ask(bytes(question, count)) ?? PageSession.refusal(Failure(PageError.noModel), in: .english)
}

@_expose(wasm, "page_answer")
@_cdecl("page_answer")
public func pageAnswer() -> UnsafePointer<UInt8>? { answer.withUnsafeBufferPointer { $0.baseAddress } }

@_expose(wasm, "page_answer_count")
@_cdecl("page_answer_count")
public func pageAnswerCount() -> Int { answer.count }

/// Where a step's numbers lie, nil where there is no such step; its shape is written to `shape`, its rank first, at
/// most seven lengths.
@_expose(wasm, "page_step")
@_cdecl("page_step")
public func pageStep(
    _ name: UnsafeRawPointer, _ count: Int, _ shape: UnsafeMutablePointer<Int32>
) -> UnsafePointer<Float>? {
    guard let step = session?.step(String(decoding: bytes(name, count), as: UTF8.self)), step.shape.rank <= 7 else {
        return nil
    }
    shape[0] = Int32(step.shape.rank)
    for (place, length) in step.shape.dimensions.enumerated() { shape[place + 1] = Int32(length) }
    return step.tensor.withUnsafeBuffer { $0.baseAddress }
}

// MARK: What learns in the page

nonisolated(unsafe) private let play = PlaySession(measurer: CanvasMeasurer().any)
nonisolated(unsafe) private var frame: [Float] = []

/// A question to the small machines that learn in the page; they need no model.
@_expose(wasm, "page_play")
@_cdecl("page_play")
public func pagePlay(_ question: UnsafeRawPointer, _ count: Int) { answer = play.ask(bytes(question, count)) }

/// Runs the playground on by so many epochs; where its numbers lie (`PlaygroundRoom.frame`), nil where it cannot: the
/// answer says why.
@_expose(wasm, "page_play_frame")
@_cdecl("page_play_frame")
public func pagePlayFrame(_ epochs: Int, _ side: Int, _ output: Int) -> UnsafePointer<Float>? {
    do throws(Failure) {
        frame = try play.frame(advancing: epochs, side: side, output: output)
        return frame.withUnsafeBufferPointer { $0.baseAddress }
    } catch {
        answer = play.refusal(error)
        return nil
    }
}

@_expose(wasm, "page_play_frame_count")
@_cdecl("page_play_frame_count")
public func pagePlayFrameCount() -> Int { frame.count }
