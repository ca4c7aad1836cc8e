import Foundation
import Platform
import Reading
import Synchronization
import TestSupport
import Testing
import Wording

@testable import Serving

/// Many readers, slow ones, readers who leave, a room.
@Suite struct LoadTests {
    private static func job(
        _ reader: String, _ lane: String, _ givenUp: GivenUp = GivenUp(), _ work: @escaping @Sendable () -> Void
    ) -> FairQueue.Job { FairQueue.Job(reader: reader, lane: lane, givenUp: givenUp, work: work) }

    /// One asks for a hundred things, then another for one: it need not wait for the hundred.
    @Test func readersTakeTurns() {
        let queue = FairQueue(threads: 1, most: 1000, mostOfOne: 1000)
        let order = Mutex<[String]>([])
        let done = DispatchSemaphore(value: 0)
        for place in 0..<100 {
            _ = queue.add(Self.job("greedy", "lane \(place)") { order.withLock { $0.append("greedy") } })
        }
        _ = queue.add(
            Self.job("modest", "own") {
                order.withLock { $0.append("modest") }
                done.signal()
            })
        queue.start()
        done.wait()
        #expect(order.withLock { $0.firstIndex(of: "modest") } ?? 100 <= 2)
    }

    /// Of two threads a slow reader has one at most.
    @Test func aSlowReaderHoldsNobodyUp() {
        let queue = FairQueue(threads: 2, most: 1000, mostOfOne: 1000)
        queue.start()
        let (gate, done) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        for place in 0..<4 { _ = queue.add(Self.job("slow", "slow \(place)") { gate.wait() }) }
        _ = queue.add(Self.job("quick", "quick") { done.signal() })
        #expect(done.wait(timeout: .now() + 10) == .success)
        for _ in 0..<4 { gate.signal() }
    }

    @Test func aQueueIsNotEndless() {
        let queue = FairQueue(threads: 1, most: 3, mostOfOne: 2)
        let left = GivenUp()
        #expect(queue.add(Self.job("a", "1", left) {}) && queue.add(Self.job("a", "2") {}))
        #expect(!queue.add(Self.job("a", "3") {}))
        #expect(queue.add(Self.job("b", "4") {}))
        #expect(!queue.add(Self.job("c", "5") {}))
        // Whom nobody waits for makes room.
        left.set()
        #expect(queue.add(Self.job("c", "5") {}))
    }

    /// Whoever leaves has his work ended: the next is not held up by it.
    @Test func workEndsWhenTheReaderLeaves() throws {
        let (began, ended) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let served = try Served { site in
            site.pages["slow"] = ServedPage { _ in
                began.signal()
                while !Abandonment.isAsked { usleep(1000) }
                ended.signal()
                return []
            }
        }
        defer { served.server.stop() }
        let wire = try Wire(port: served.port)
        wire.send("GET /slow HTTP/1.1\r\n\(served.host)\r\n")
        #expect(began.wait(timeout: .now() + 10) == .success)
        wire.end()
        #expect(ended.wait(timeout: .now() + 10) == .success)
    }

    @Test func anAnswerMayNotTakeForEver() throws {
        var limits = ServeLimits()
        limits.secondsOfWhole = 1
        let served = try Served(limits: limits) { site in
            site.pages["slow"] = ServedPage { _ in
                while !Abandonment.isAsked { usleep(1000) }
                return []
            }
        }
        defer { served.server.stop() }
        #expect(try served.get("/slow").status == 504)
        #expect(try served.get("/").status == 200)
    }

    @Test func requestsAndConnectionsAreLimited() throws {
        var limits = ServeLimits()
        (limits.connections, limits.secondsToArrive) = (2, 1)
        let served = try Served(limits: limits)
        defer { served.server.stop() }
        let wires = [try Wire(port: served.port), try Wire(port: served.port)]
        wires[0].send("GET / HTTP/1.1\r\n")
        // Both are open before the third comes.
        wires[1].send("GET / HTTP/1.1\r\n\(served.host)\r\n")
        #expect(wires[1].answer().status == 200)
        #expect(try served.get("/").status == 503)
        // Half a request is waited for only so long; then there is room again.
        #expect(wires[0].answer().status == 0)
        #expect(wires[1].answer().status == 0)
        #expect(try served.get("/").status == 200)
    }

    @Test func aTextTooLargeForTheMemoryIsRefusedBeforeItIsRead() throws {
        var limits = ServeLimits()
        limits.textBytes = 200_000
        let served = try Served(limits: limits)
        defer { served.server.stop() }
        #expect(try served.ask(#"{"source":"next-word","ask":"text","text":"the"}"#).text.hasPrefix(#"{"text""#))
        let long = try served.ask(
            #"{"source":"next-word","ask":"text","text":"\#(String(repeating: "the ", count: 50))"}"#)
        #expect(try members(long)["error"]?.text?.contains("MiB") == true)
    }

    /// Different sentences of readers at once: each gets its own, and no more are kept than may be.
    @Test func readersDoNotMeet() throws {
        var limits = ServeLimits()
        limits.texts = 3
        let served = try Served(limits: limits)
        defer { served.server.stop() }
        let words = ["the", "cat", "dog", "bird", "mat", "sat", "on", "a"]
        let wrong = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { reader in
            for turn in 0..<10 {
                let text = "the \(words[(reader * 3 + turn) % words.count])"
                let found = try? served.ask(
                    #"{"source":"next-word","about":{"text":"\#(text)"},"ask":"text","text":"\#(text)"}"#,
                    "X-Glassformer-Page: reader\(reader)\r\n")
                if found?.text.hasPrefix(#"{"text":"\#(text)""#) != true { wrong.withLock { $0.append(text) } }
            }
        }
        #expect(wrong.withLock { $0 }.isEmpty)
        #expect(served.server.textsKept <= 3)
    }

    // MARK: A room

    @Test func aRoomIsEnteredByItsAddressAlone() throws {
        let served = try Served(isInRoom: true)
        defer { served.server.stop() }
        let lead = try #require(URL(string: served.server.address)).path
        let follow = try #require(served.server.addressesOfRoom.first.flatMap { URL(string: $0) }).path
        #expect(lead != follow && lead.count > 8)
        #expect(try served.get("/").status == 404 && served.get("/wrong/").status == 404)
        #expect(try served.get(lead + "/").text == "<p>|lead</p>" && served.get(follow + "/").text == "<p>|follow</p>")
        let door = try served.get(lead)
        #expect(door.status == 308 && door.headers["location"] == lead + "/")
    }

    @Test func othersFollowAndVote() throws {
        let served = try Served(isInRoom: true)
        defer { served.server.stop() }
        let lead = try #require(URL(string: served.server.address)).path
        let follow = try #require(served.server.addressesOfRoom.first.flatMap { URL(string: $0) }).path
        let wire = try Wire(port: served.port)
        wire.send("GET \(follow)/follow HTTP/1.1\r\n\(served.host)\r\n")
        #expect(wire.text(until: "\r\n\r\n").contains("text/event-stream"))
        let place = ##"{"page":"models/one","at":"#at=L0H1/scores"}"##
        #expect(try served.ask(place, at: follow + "/follow").status == 403)
        #expect(try served.ask(place, at: lead + "/follow").status == 200)
        #expect(wire.text(until: "\n\n").contains("event: place"))
        func vote(_ body: String, _ path: String, by page: String = "") throws -> Int {
            try served.ask(body, "X-Glassformer-Page: \(page)\r\n", at: path + "/vote").status
        }
        #expect(try vote(#"{"options":["mat","rug"]}"#, follow) == 403)
        #expect(try vote(#"{"options":["mat","rug"]}"#, lead) == 200)
        // As long as it is open, who follows sees how many voted, not for what.
        #expect(wire.text(until: "\n\n").contains(#""counts": null"#))
        // A page has one vote; the last counts.
        for choice in [0, 1] { #expect(try vote("{\"choice\":\(choice)}", follow, by: "one") == 200) }
        #expect(try vote(#"{"choice":1}"#, follow, by: "two") == 200)
        #expect(try vote(#"{"choice":2}"#, follow, by: "two") == 400)
        #expect(try vote(#"{"close":true}"#, lead) == 200)
        #expect(wire.text(until: #""open": false"#).contains("event: vote"))
        #expect(try vote(#"{"choice":0}"#, follow, by: "two") == 400)
    }
}
