#!/usr/bin/env python3
"""Asks a running `glassformer serve` for figures of different sentences over many connections, some requests malformed.

    glassformer serve --port 8642 &
    Benchmarks/serving.py --port 8642 --pid $! --requests 100000 --connections 64 --malformed 5

Prints how long answers took, how many were not what they should be, and the server's memory at each tenth of the way
(Linux). Python's standard library alone.
"""
import argparse
import json
import random
import selectors
import socket
import time

WORDS = "the a cat dog bird sat on mat rug ate saw was by and 我 爱 吃 苹果 鱼 猫".split()
FIGURES = [f"layer-{layer}-head-{head}-{kind}" for layer in range(4) for head in range(4)
           for kind in ("scores", "softmax", "attention-pattern", "weighted-sum")]


def question(rng, source, sentences):
    text = sentences[rng.randrange(len(sentences))]
    body = {"source": source, "about": {"text": text}, "language": rng.choice(["en", "zh-Hans"]),
            "theme": rng.choice(["light", "dark"]), "ask": "figure", "name": rng.choice(FIGURES),
            "width": 1046, "height": 500}
    return json.dumps(body, ensure_ascii=False).encode()


def post(host, path, body, headers=b""):
    return (b"POST " + path + b" HTTP/1.1\r\nHost: " + host + b"\r\nContent-Type: application/json\r\nContent-Length: "
            + str(len(body)).encode() + b"\r\n" + headers + b"\r\n" + body)


def malformed(rng, host):
    """A request that must be refused, and whether the connection ends."""
    kinds = [
        (b"\x01\x02 nonsense\r\n\r\n", True),
        (post(host, b"/ask", b"{" + b" " * rng.randrange(200)), False),
        (post(host, b"/ask", b"[" * 5000), False),
        (post(b"evil.example", b"/ask", b"{}"), False),
        (post(host, b"/ask", b"{}", b"Origin: http://evil.example\r\n"), False),
        (b"GET /web/../../etc/passwd HTTP/1.1\r\nHost: " + host + b"\r\n\r\n", False),
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: " + host + b"\r\n\r\n", False),
        (post(host, b"/ask", b" " * 70000), True),
        (b"BREW / HTTP/1.1\r\n\r\n", True),
        # Somebody who goes in the middle of it.
        (None, True),
    ]
    return rng.choice(kinds)


class Reader:
    def __init__(self, number, options, rng, sentences):
        self.options, self.rng, self.sentences = options, rng, sentences
        self.host = f"127.0.0.1:{options.port}".encode()
        self.name = f"reader{number}".encode()
        self.socket = None

    def begin(self):
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.options.port))
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.answer, self.length, self.status = bytearray(), None, 0
        self.isWrong, self.ends = self.rng.random() * 100 < self.options.malformed, False
        body = question(self.rng, self.options.source, self.sentences)
        request = post(self.host, b"/ask", body, b"X-Glassformer-Page: " + self.name + b"\r\n")
        if self.isWrong:
            wrong, self.ends = malformed(self.rng, self.host)
            if wrong is None:
                self.socket.sendall(request[:-1] if self.rng.random() < 0.5 else request)
                self.status = -1
                return
            request = wrong
        self.start = time.perf_counter()
        try:
            self.socket.sendall(request)
        except OSError:
            pass

    def read(self):
        """Whether the answer is whole, or will not come."""
        try:
            part = self.socket.recv(1 << 18)
        except OSError:
            part = b""
        self.answer += part
        if not part:
            self.ends = True
            return True
        if self.length is None and (end := self.answer.find(b"\r\n\r\n")) >= 0:
            head = self.answer[:end].decode("latin-1")
            self.status = int(head.split(" ", 2)[1])
            self.length = end + 4 + next(int(line[15:]) for line in head.split("\r\n")
                                         if line.lower().startswith("content-length:"))
            self.ends = self.ends or "\r\nconnection: close" in head.lower()
        return self.length is not None and len(self.answer) >= self.length

    def end(self):
        self.socket.close()
        self.socket = None


def memory(pid):
    if not pid:
        return 0
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8642)
    parser.add_argument("--pid", type=int, default=0)
    parser.add_argument("--source", default="next-word")
    parser.add_argument("--requests", type=int, default=10000)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--malformed", type=float, default=5, help="in per cent")
    parser.add_argument("--sentences", type=int, default=1000)
    parser.add_argument("--pause", type=float, default=0, help="seconds that a reader rests between two questions")
    options = parser.parse_args()
    rng = random.Random(1)
    sentences = [" ".join(rng.choice(WORDS) for _ in range(rng.randrange(3, 9))) for _ in range(options.sentences)]
    selector = selectors.DefaultSelector()
    times, errors, wrong, sent, done, resting = [], [], 0, 0, 0, []
    start = time.perf_counter()

    def begin(reader):
        nonlocal sent, done
        while sent < options.requests:
            sent += 1
            reader.begin()
            if reader.status != -1:
                selector.register(reader.socket, selectors.EVENT_READ, reader)
                return
            reader.end()
            done += 1

    for number in range(options.connections):
        begin(Reader(number, options, rng, sentences))
    tenth = max(1, options.requests // 10)
    print(f"before: {memory(options.pid):.0f} MiB")
    shown = 0
    while selector.get_map() or resting:
        wait = max(0, min(at for at, _ in resting) - time.perf_counter()) if resting else 60
        for key, _ in selector.select(wait):
            reader = key.data
            if not reader.read():
                continue
            selector.unregister(reader.socket)
            done += 1
            if reader.isWrong:
                wrong += 1
                if not 400 <= reader.status < 500 and reader.status != 0:
                    errors.append(f"malformed, {reader.status}: {bytes(reader.answer[:200])}")
            else:
                times.append(time.perf_counter() - reader.start)
                body = bytes(reader.answer[reader.answer.find(b"\r\n\r\n") + 4:])
                if reader.status != 200 or b'"svg"' not in body:
                    errors.append(f"{reader.status}: {body[:200]}")
            if reader.ends:
                reader.end()
            if options.pause:
                resting.append((time.perf_counter() + options.pause * rng.uniform(0.5, 1.5), reader))
            else:
                begin(reader)
        now = time.perf_counter()
        for each in [each for each in resting if each[0] <= now]:
            resting.remove(each)
            begin(each[1])
        if done // tenth > shown:
            shown = done // tenth
            print(f"{done:7} requests, {now - start:6.1f} s, {memory(options.pid):.0f} MiB", flush=True)
    times.sort()
    at = lambda share: 1000 * times[min(len(times) - 1, int(share * len(times)))]
    spent = time.perf_counter() - start
    print(f"{done} requests in {spent:.1f} s: {done / spent:.0f} a second, {wrong} malformed, {len(errors)} errors")
    print(f"median {at(0.5):.1f} ms, p95 {at(0.95):.1f} ms, p99 {at(0.99):.1f} ms, longest {1000 * times[-1]:.1f} ms")
    for error in errors[:10]:
        print(error)


if __name__ == "__main__":
    main()
