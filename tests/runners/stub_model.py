#!/usr/bin/env python3
"""A model that does what it is told: a server on loopback that speaks what the agents' programs speak.

    stub_model.py PORT [LOG]

It speaks Anthropic messages (claude), OpenAI responses (codex), OpenAI chat completions (opencode, OpenClaw) and Gemini
(gemini), streamed or not. The newest words of the user say what it answers, one directive a line:

    SHELL: command     calls the program's shell tool; with its result, the next SHELL of the words, then SAY;
                       {env} is the file that the words name as `. '/path'`
    SAY: text          answers with the text (`done` without it)
    STATUS: 429 text   answers with this HTTP status and error text
    HANG               begins an answer and never ends it

Each request is a line of JSON in LOG: path, model, words, tools, and how it was answered.
"""

import json
import re
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

USAGE_IN, USAGE_CACHED, USAGE_OUT = 1200, 200, 34
LOCK = threading.Lock()
LOG = None


def text_of(content):
    """The words of a message, however its program packs them."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "\n".join(part.get("text", "") for part in content if isinstance(part, dict))
    return ""


class Talk:
    """A conversation, whatever protocol it came in: the user's newest words and how many tools have answered since."""

    def __init__(self, turns, tools):
        # Programs add context of their own as messages of the user; only those with a directive count.
        directives = re.compile(r"^\s*(SHELL:|SAY:|STATUS:|HANG\b)", re.M)
        self.words, self.answered = "", 0
        # Some give the task of a sub-agent in the system's words.
        told = any(kind == "user" and directives.search(text) for kind, text in turns)
        for kind, text in turns:
            kind = "user" if kind in ("system", "developer") and not told else kind
            if kind == "user" and directives.search(text):
                self.words, self.answered = text, 0
            elif kind == "tool":
                self.answered += 1
        self.tools = tools

    def answer(self):
        def all_of(name):
            return [line.strip() for line in re.findall(rf"^\s*{name}:(.*)$", self.words, re.M)]

        status = all_of("STATUS")
        if status:
            number, _, text = status[0].partition(" ")
            return {"kind": "status", "status": int(number), "text": text or "refused"}
        if re.search(r"^\s*HANG\b", self.words, re.M):
            return {"kind": "hang"}
        commands = all_of("SHELL")
        name, argument = self.shell()
        if name and self.answered < len(commands):
            # Agents behind a gateway are told a file with their variables.
            told = re.search(r"\. '(/[^']+)'", self.words)
            command = commands[self.answered].replace("{env}", told.group(1) if told else "/dev/null")
            return {"kind": "tool", "name": name, "args": argument(command)}
        return {"kind": "text", "text": (all_of("SAY") or ["done"])[-1]}

    def shell(self):
        """The shell tool of the program, and how it takes a command."""
        plain = lambda command: {"command": command, "description": "as told"}
        known = {
            "Bash": plain,
            "bash": plain,
            "run_shell_command": lambda command: {"command": command},
            "exec_command": lambda command: {"cmd": command},
            "shell_command": lambda command: {"command": command},
            "shell": lambda command: {"command": ["bash", "-lc", command]},
            "local_shell": lambda command: {"command": ["bash", "-lc", command]},
            "exec": lambda command: {"command": command},
        }
        for name, takes in known.items():
            if name in self.tools:
                return name, takes
        return None, None


def anthropic(body):
    turns = []
    for message in body.get("messages", []):
        content = message.get("content")
        parts = content if isinstance(content, list) else [{"type": "text", "text": content}]
        for part in parts:
            kind = "tool" if part.get("type") == "tool_result" else message.get("role")
            turns.append((kind, part.get("text", "") or ""))
    return Talk(turns, [tool.get("name") for tool in body.get("tools", [])])


def responses(body):
    turns = []
    items = body.get("input", [])
    items = [{"role": "user", "content": items}] if isinstance(items, str) else items
    for item in items:
        if str(item.get("type", "")).endswith("_output"):
            turns.append(("tool", ""))
        elif item.get("role"):
            turns.append((item["role"], text_of(item.get("content"))))
    return Talk(turns, [tool.get("name") or tool.get("type") for tool in body.get("tools", [])])


def chat(body):
    turns = [(message.get("role"), text_of(message.get("content"))) for message in body.get("messages", [])]
    return Talk(turns, [tool.get("function", {}).get("name") for tool in body.get("tools", [])])


def gemini(body):
    turns = []
    for content in body.get("contents", []):
        for part in content.get("parts", []):
            turns.append(("tool" if "functionResponse" in part else content.get("role"), part.get("text", "")))
    declared = [entry for tool in body.get("tools", []) for entry in tool.get("functionDeclarations", [])]
    return Talk(turns, [entry.get("name") for entry in declared])


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def json(self, value, status=200):
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def stream(self, events, hang=False):
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True
        for event in events:
            name = f"event: {event['type']}\n" if "type" in event else ""
            self.wfile.write(f"{name}data: {json.dumps(event)}\n\n".encode())
            self.wfile.flush()
        while hang:
            time.sleep(1)
            self.wfile.write(b": waiting\n\n")
            self.wfile.flush()

    def do_HEAD(self):
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def do_GET(self):
        if self.path.split("?")[0].endswith("/models"):
            self.json({"object": "list", "data": [{"id": "stub-1", "object": "model", "owned_by": "stub"}]})
        else:
            self.json({}, 404)

    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        try:
            body = json.loads(raw)
        except ValueError:
            body = {}
        path = self.path.split("?")[0]
        protocols = {"/messages": anthropic, "/responses": responses, "/chat/completions": chat}
        talk = next((parse(body) for end, parse in protocols.items() if path.endswith(end)), None)
        if ":generateContent" in path or ":streamGenerateContent" in path:
            talk = gemini(body)
        if talk is None:
            self.json({"input_tokens": 1, "totalTokens": 1} if "ountTokens" in path or "count_tokens" in path else {})
            return
        answer = talk.answer()
        entry = {"path": path, "model": body.get("model"), "words": talk.words, "tools": talk.tools, "answer": answer}
        with LOCK:
            if LOG:
                print(json.dumps(entry), file=LOG, flush=True)
        try:
            self.speak(path, body, answer)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def speak(self, path, body, answer):
        if answer["kind"] == "status":
            error = {"type": "stub_error", "message": answer["text"], "code": answer["status"]}
            if answer["status"] == 429:
                error = {"type": "rate_limit_error", "message": answer["text"], "code": 429,
                         "status": "RESOURCE_EXHAUSTED"}
            self.json({"type": "error", "error": error}, answer["status"])
        elif path.endswith("/messages"):
            self.speak_anthropic(body, answer)
        elif path.endswith("/responses"):
            self.speak_responses(body, answer)
        elif path.endswith("/chat/completions"):
            self.speak_chat(body, answer)
        else:
            self.speak_gemini(path, answer)

    def speak_anthropic(self, body, answer):
        usage = {"input_tokens": USAGE_IN - USAGE_CACHED, "cache_read_input_tokens": USAGE_CACHED,
                 "cache_creation_input_tokens": 0, "output_tokens": USAGE_OUT}
        name = f"msg_{time.time_ns()}"
        message = {"id": name, "type": "message", "role": "assistant", "model": body.get("model"), "content": [],
                   "stop_reason": None, "stop_sequence": None, "usage": usage}
        is_tool = answer["kind"] == "tool"
        block = ({"type": "tool_use", "id": f"toolu_{time.time_ns()}", "name": answer.get("name"), "input": {}}
                 if is_tool else {"type": "text", "text": ""})
        stop = "tool_use" if is_tool else "end_turn"
        if not body.get("stream"):
            block = dict(block, input=answer["args"]) if is_tool else {"type": "text", "text": answer.get("text", "")}
            self.json(dict(message, content=[block], stop_reason=stop))
            return
        delta = ({"type": "input_json_delta", "partial_json": json.dumps(answer["args"])} if is_tool
                 else {"type": "text_delta", "text": answer.get("text", "…")})
        events = [{"type": "message_start", "message": message},
                  {"type": "content_block_start", "index": 0, "content_block": block},
                  {"type": "content_block_delta", "index": 0, "delta": delta}]
        if answer["kind"] == "hang":
            self.stream(events, hang=True)
            return
        events += [{"type": "content_block_stop", "index": 0},
                   {"type": "message_delta", "delta": {"stop_reason": stop, "stop_sequence": None}, "usage": usage},
                   {"type": "message_stop"}]
        self.stream(events)

    def speak_responses(self, body, answer):
        name = f"resp_{time.time_ns()}"
        if answer["kind"] == "tool":
            item = {"type": "function_call", "id": f"fc_{time.time_ns()}", "call_id": f"call_{time.time_ns()}",
                    "name": answer["name"], "arguments": json.dumps(answer["args"]), "status": "completed"}
        else:
            item = {"type": "message", "id": f"msg_{time.time_ns()}", "role": "assistant", "status": "completed",
                    "content": [{"type": "output_text", "text": answer.get("text", ""), "annotations": []}]}
        usage = {"input_tokens": USAGE_IN, "input_tokens_details": {"cached_tokens": USAGE_CACHED},
                 "output_tokens": USAGE_OUT, "output_tokens_details": {"reasoning_tokens": 0},
                 "total_tokens": USAGE_IN + USAGE_OUT}
        done = {"id": name, "object": "response", "status": "completed", "model": body.get("model"), "output": [item],
                "usage": usage}
        if not body.get("stream"):
            self.json(done)
            return
        events = [{"type": "response.created", "response": {"id": name, "status": "in_progress"}}]
        if answer["kind"] == "hang":
            self.stream(events, hang=True)
            return
        events += [{"type": "response.output_item.added", "output_index": 0, "item": item},
                   {"type": "response.output_item.done", "output_index": 0, "item": item},
                   {"type": "response.completed", "response": done}]
        self.stream(events)

    def speak_chat(self, body, answer):
        base = {"id": f"chatcmpl-{time.time_ns()}", "created": int(time.time()), "model": body.get("model")}
        usage = {"prompt_tokens": USAGE_IN, "completion_tokens": USAGE_OUT, "total_tokens": USAGE_IN + USAGE_OUT,
                 "prompt_tokens_details": {"cached_tokens": USAGE_CACHED}}
        call = None
        if answer["kind"] == "tool":
            function = {"name": answer["name"], "arguments": json.dumps(answer["args"])}
            call = {"id": f"call_{time.time_ns()}", "type": "function", "function": function}
        reason = "tool_calls" if call else "stop"
        if not body.get("stream"):
            message = {"role": "assistant", "content": None if call else answer.get("text", "")}
            if call:
                message["tool_calls"] = [call]
            choice = {"index": 0, "finish_reason": reason, "message": message}
            self.json(dict(base, object="chat.completion", choices=[choice], usage=usage))
            return

        def chunk(delta, finish=None):
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            return dict(base, object="chat.completion.chunk", choices=[choice])

        first = chunk({"role": "assistant", "content": answer.get("text", "")})
        if call:
            first = chunk({"role": "assistant", "tool_calls": [dict(call, index=0)]})
        if answer["kind"] == "hang":
            self.stream([first], hang=True)
            return
        self.stream([first, chunk({}, reason), dict(base, object="chat.completion.chunk", choices=[], usage=usage)])

    def speak_gemini(self, path, answer):
        part = ({"functionCall": {"name": answer["name"], "args": answer["args"]}} if answer["kind"] == "tool"
                else {"text": answer.get("text", "…")})
        candidate = {"content": {"role": "model", "parts": [part]}, "index": 0}
        usage = {"promptTokenCount": USAGE_IN, "candidatesTokenCount": USAGE_OUT,
                 "cachedContentTokenCount": USAGE_CACHED, "totalTokenCount": USAGE_IN + USAGE_OUT}
        whole = {"candidates": [dict(candidate, finishReason="STOP")], "usageMetadata": usage, "modelVersion": "stub-1"}
        if answer["kind"] == "hang":
            self.stream([{"candidates": [candidate]}], hang=True)
        elif "streamGenerateContent" in path:
            self.stream([whole])
        else:
            self.json(whole)


def main():
    global LOG
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 18999
    LOG = open(sys.argv[2], "a", encoding="utf-8") if len(sys.argv) > 2 else None
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    print(f"stub model on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
