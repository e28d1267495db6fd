#include "nodes/simulator/simulator.hpp"

#include "actors/text/hash.hpp"
#include "messages/json_writer.hpp"
#include "nodes/simulator/ledger.hpp"
#include "nodes/simulator/render.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <future>
#include <map>
#include <mutex>
#include <random>

namespace jobfarm::nodes {

namespace {

namespace sim = simulator_world;

constexpr std::string_view challenge_page =
    "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
    "<h1>Additional Verification Required</h1><div class=\"cf-chl\">Enable "
    "JavaScript and cookies to continue</div><script>window._cf_chl_opt={};"
    "</script></body></html>";

server_response plain(int status, std::string type, std::string body) {
  server_response response;
  response.status = status;
  response.headers = {{"Content-Type", std::move(type)}};
  response.body = std::move(body);
  return response;
}

std::string garbage() {
  std::string bytes;
  for (int i = 0; i < 4096; ++i)
    bytes += static_cast<char>(i * 73 + (i >> 3));
  return bytes;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (char c : text)
    out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

} // namespace

struct simulator::implementation {
  explicit implementation(simulator_options given)
      : options(std::move(given)),
        world(options.what.seed, options.what.postings,
              options.what.career_pages),
        random(options.what.seed) {
    std::uint64_t postings = 0;
    for (const auto& one : world.boards())
      postings = std::max(postings, one.first + one.count);
    handed_out.resize(postings);
  }

  server_response answer(const server_request& request);
  server_response answer_source(const sim::question& asked,
                                std::string_view known_etag);
  void note(const server_request& request, const server_response& response);
  std::string request_log() const;
  std::optional<server_response> inject(const sim::question& asked,
                                        server_response& good);
  void ledger(const std::function<bool(std::string_view)>& visit) const;
  std::string board_list() const;
  std::string stats() const;

  simulator_options options;
  sim::world world;
  std::mt19937_64 random;
  std::int64_t started =
      std::chrono::duration_cast<std::chrono::seconds>(
          std::chrono::system_clock::now().time_since_epoch())
          .count();
  /// Known when the server listens, which may be asked a moment before.
  std::promise<std::string> listening_at;
  std::shared_future<std::string> url = listening_at.get_future();
  mutable std::mutex mutex;
  std::vector<std::uint32_t> handed_out;
  std::map<std::string, std::uint64_t> requests;
  /// What was asked for, when, and what it cost; the newest of them.
  struct log_line {
    std::int64_t at_ms = 0;
    std::string peer;
    std::string target;
    int status = 0;
    std::size_t bytes = 0;
    bool conditional = false;
  };
  std::deque<log_line> log;
  std::chrono::steady_clock::time_point clock_start =
      std::chrono::steady_clock::now();
  // Last, so that it stops answering first.
  std::unique_ptr<http_server> server;
};

server_response
simulator::implementation::answer(const server_request& request) {
  auto mark = request.target.find('?');
  auto path = request.target.substr(0, mark);
  if (path == "/__boards")
    return plain(200, "text/csv; charset=utf-8", board_list());
  if (path == "/__stats")
    return plain(200, "application/json", stats());
  if (path == "/__log")
    return plain(200, "application/jsonl; charset=utf-8", request_log());
  if (path == "/__ledger") {
    std::string lines;
    ledger([&](std::string_view line) {
      lines += line;
      lines += '\n';
      return true;
    });
    return plain(200, "application/jsonl; charset=utf-8", std::move(lines));
  }
  auto slash = std::min(path.find('/', 1), path.size());
  sim::question asked;
  asked.source = path.substr(1, slash - 1);
  asked.path = path.substr(slash);
  asked.query =
      mark == request.target.npos ? "" : request.target.substr(mark + 1);
  asked.self = url.get();
  asked.now = started;
  auto response = answer_source(asked, request.header("if-none-match"));
  note(request, response);
  return response;
}

void simulator::implementation::note(const server_request& request,
                                     const server_response& response) {
  constexpr std::size_t most_lines = 200'000;
  auto now = std::chrono::steady_clock::now() - clock_start;
  std::lock_guard lock(mutex);
  log.push_back(
      {std::chrono::duration_cast<std::chrono::milliseconds>(now).count(),
       request.peer, request.target, response.status, response.body.size(),
       !request.header("if-none-match").empty()});
  if (log.size() > most_lines)
    log.pop_front();
}

/// One JSON line a request: when (milliseconds since the simulator started),
/// from which address, for what, and what the answer cost.
std::string simulator::implementation::request_log() const {
  std::lock_guard lock(mutex);
  std::string lines;
  for (const auto& one : log) {
    json::object_writer row(lines);
    row.member("at_ms", one.at_ms)
        .member("peer", one.peer)
        .member("target", one.target)
        .member("status", static_cast<std::int64_t>(one.status))
        .member("bytes", static_cast<std::int64_t>(one.bytes))
        .member("conditional", one.conditional);
    row.close();
    lines += '\n';
  }
  return lines;
}

server_response
simulator::implementation::answer_source(const sim::question& asked,
                                         std::string_view known_etag) {
  auto page = sim::answer(world, asked);
  auto response = plain(page.status, page.content_type, std::move(page.body));
  if (auto faulty = inject(asked, response))
    return *std::move(faulty);
  if (page.on)
    response.on_sent = [this, first = page.on->first + page.first,
                        count = page.count] {
      std::lock_guard lock(mutex);
      for (auto i = first; i < first + count; ++i)
        ++handed_out[i];
    };
  if (response.status != 200)
    return response;
  // RFC 9110 13.1.2: what the asker has already need not be sent.
  auto etag = "W/\"" + text::hash_hex(response.body) + '"';
  response.headers.push_back({"ETag", etag});
  if (known_etag == etag) {
    response.status = 304;
    response.body.clear();
  }
  return response;
}

/// Counts the request and applies the first fault that concerns it. `slow`
/// only delays the good answer.
std::optional<server_response>
simulator::implementation::inject(const sim::question& asked,
                                  server_response& good) {
  std::uint64_t number = 0;
  {
    std::lock_guard lock(mutex);
    number = requests[asked.source]++;
  }
  std::uniform_real_distribution<double> share(0, 1);
  for (const auto& one : options.what.faults) {
    if (one.source != asked.source || number < one.from || number >= one.until
        || share(random) >= one.probability)
      continue;
    auto html = "text/html; charset=utf-8";
    switch (one.kind) {
      case fault_kind::rate_limited: {
        auto refused = plain(429, "application/json", "{\"error\":\"slow\"}");
        refused.headers.push_back(
            {"Retry-After", std::to_string(one.retry_after_s)});
        return refused;
      }
      case fault_kind::wall:
        return plain(403, html, std::string{challenge_page});
      case fault_kind::soft_wall:
        return plain(200, html, std::string{challenge_page});
      case fault_kind::garbage:
        return plain(200, "application/json", garbage());
      case fault_kind::schema_changed:
        return plain(200, "application/json", "{\"data\":{\"items\":[]}}");
      case fault_kind::emptied: {
        auto nothing = asked;
        nothing.is_emptied = true;
        auto shown = sim::answer(world, nothing);
        return plain(shown.status, shown.content_type, std::move(shown.body));
      }
      case fault_kind::error: return plain(500, html, "<h1>oops</h1>");
      case fault_kind::truncated: {
        auto cut = good;
        cut.cut_after = cut.body.size() / 2;
        return cut;
      }
      case fault_kind::reset: {
        server_response reset;
        reset.reset = true;
        return reset;
      }
      case fault_kind::slow:
        good.delay = std::chrono::milliseconds{one.delay_ms};
        return std::nullopt;
    }
  }
  return std::nullopt;
}

std::string simulator::implementation::board_list() const {
  std::string csv = "ats,token,company\n";
  for (const auto& one : world.boards()) {
    csv += one.board.source + ',' + quoted(sim::token_of(one.board, url.get()))
           + ',' + quoted(one.board.company) + '\n';
  }
  return csv;
}

std::string simulator::implementation::stats() const {
  std::lock_guard lock(mutex);
  std::string out;
  json::object_writer all(out);
  for (const auto& [source, count] : requests)
    all.member(source, static_cast<std::int64_t>(count));
  all.close();
  return out + '\n';
}

void simulator::implementation::ledger(
    const std::function<bool(std::string_view)>& visit) const {
  for (const auto& on : world.boards())
    for (std::uint64_t i = 0; i < on.count; ++i) {
      std::uint32_t times = 0;
      {
        std::lock_guard lock(mutex);
        times = handed_out[on.first + i];
      }
      if (times > 0
          && !visit(sim::ledger_line(world, on, i, times, url.get(), started)))
        return;
    }
}

simulator::simulator(std::unique_ptr<implementation> running)
    : running_(std::move(running)) {
}

simulator::~simulator() = default;

expected<std::unique_ptr<simulator>>
simulator::start(simulator_options options) {
  http_server_options serving;
  serving.port = options.port;
  serving.address = options.address;
  auto running = std::make_unique<implementation>(std::move(options));
  auto* self = running.get();
  auto server =
      http_server::start(serving, [self](const server_request& request) {
        return self->answer(request);
      });
  if (!server)
    return server.error();
  running->server = *std::move(server);
  running->listening_at.set_value("http://" + serving.address + ':'
                                  + std::to_string(running->server->port()));
  return std::unique_ptr<simulator>(new simulator(std::move(running)));
}

std::uint16_t simulator::port() const noexcept {
  return running_->server->port();
}

std::string simulator::url() const {
  return running_->url.get();
}

std::vector<board> simulator::boards() const {
  std::vector<board> all;
  for (const auto& one : running_->world.boards()) {
    all.push_back(one.board);
    all.back().token = sim::token_of(one.board, url());
  }
  return all;
}

std::uint64_t simulator::requests_of(const std::string& source) const {
  std::lock_guard lock(running_->mutex);
  auto found = running_->requests.find(source);
  return found == running_->requests.end() ? 0 : found->second;
}

void simulator::ledger(
    const std::function<bool(std::string_view)>& visit) const {
  running_->ledger(visit);
}

} // namespace jobfarm::nodes
