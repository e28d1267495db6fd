#include "tests/simulation/web.hpp"

#include "actors/text/hash.hpp"
#include "actors/sources/source.hpp"
#include "nodes/simulator/render.hpp"

namespace jobfarm::simulation {

namespace {

namespace sim = simulator_world;

const std::string self = "http://boards.sim";
constexpr std::uint64_t postings = 80;
/// Seconds since 1970 in which all pages are written.
constexpr std::int64_t today = 1'790'000'000;

/// Searched sources have no boards to compare with, Careerjet wants a key.
bool takes_part(std::string_view source) {
  constexpr std::string_view all[] = {"ashby",   "greenhouse", "lever",
                                      "jsonld",  "workable",   "linkedin",
                                      "indeed",  "smartrecruiters"};
  return std::find(std::begin(all), std::end(all), source) != std::end(all);
}

std::string token_of(const sim::board_plan& on) {
  return on.board.source == "jsonld" ? self + "/jsonld/jobs/" + on.board.token
                                     : on.board.token;
}

std::string key_of(const std::string& source, const std::string& id) {
  return source + ' ' + id;
}

fetch::http_response with_status(std::int32_t status, std::string body = {}) {
  fetch::http_response made;
  made.status = status;
  made.headers = {{"content-type", "application/json"}};
  made.body = std::move(body);
  return made;
}

class web_client : public fetch::http_client {
public:
  web_client(stage& on, process of, bool has_browser)
      : on_(on), of_(of), has_browser_(has_browser) {
  }
  ~web_client() override {
    *is_there_ = false;
  }

  transfer_id fetch(fetch::http_order order, fetch::http_done done) override {
    if (order.route.by_browser && !has_browser_)
      on_.log.violated(on_.time.now(),
                       "lent to a worker without a browser: "
                           + order.request.url);
    on_.sites->ask(order, [this, is_there = is_there_, done = std::move(done)](
                              expected<fetch::http_response> got) {
      if (*is_there)
        on_.time.as(of_, [&] { done(std::move(got)); });
    });
    return ++last_;
  }
  void cancel(transfer_id) override {
  }

private:
  stage& on_;
  process of_;
  bool has_browser_;
  transfer_id last_ = 0;
  std::shared_ptr<bool> is_there_ = std::make_shared<bool>(true);
};

} // namespace

web::web(stage& on)
    : on_(on), seed_(on.luck.seed()), world_(seed_, postings) {
  for (const auto* source : sources::all_sources()) {
    std::string name{source->traits.name};
    auto& own = on_.sources[name];
    own.enabled = takes_part(name);
    own.base_url = self + '/' + name;
    constexpr double rates[] = {0, 0, 4, 10};
    own.requests_per_second = rates[on_.luck.below(4)];
    own.concurrent_requests = static_cast<std::int32_t>(on_.luck.between(1, 4));
    own.burst = static_cast<std::int32_t>(on_.luck.between(1, 3));
    own.obeys_robots = false;
  }
}

std::vector<board> web::boards() const {
  std::vector<board> all;
  for (const auto& one : world_.boards())
    if (takes_part(one.board.source)) {
      all.push_back(one.board);
      all.back().token = token_of(one);
    }
  return all;
}

std::vector<std::string> web::shown_by(const std::string& source,
                                       const std::string& board) const {
  std::vector<std::string> all;
  for (const auto& one : world_.boards())
    if (one.board.source == source && token_of(one) == board)
      for (std::uint64_t i = 0; i < one.count; ++i)
        all.push_back(key_of(source, world_.posting_at(one, i).source_id));
  return all;
}

std::int32_t web::retry_after_s(const std::string& source) const {
  return static_cast<std::int32_t>(fate_of(source, seed_) % 4);
}

fetch::http_response web::page(const std::string& url) {
  auto target = url.substr(self.size());
  auto mark = std::min(target.find('?'), target.size());
  auto slash = std::min(target.find('/', 1), mark);
  sim::question asked;
  asked.source = target.substr(1, slash - 1);
  asked.path = target.substr(slash, mark - slash);
  asked.query = mark == target.size() ? "" : target.substr(mark + 1);
  asked.self = self;
  asked.now = today;
  auto made = sim::answer(world_, asked);
  auto response = with_status(made.status, std::move(made.body));
  // Two servers that do not agree on versions.
  std::string version = on_.luck.chance(0.3) ? "a" : "b";
  version += response.body;
  response.headers = {{"content-type", made.content_type},
                      {"etag", text::hash_hex(version)}};
  if (made.on)
    for (auto i = made.first; i < made.first + made.count; ++i)
      handed_out_.insert(
          key_of(asked.source, world_.posting_at(*made.on, i).source_id));
  return response;
}

expected<fetch::http_response> web::answer(const fetch::http_order& order) {
  const auto& url = order.request.url;
  auto& luck = on_.luck;
  auto end = url.find('/', self.size() + 1);
  auto source = url.substr(self.size() + 1, end - self.size() - 1);
  if (luck.chance(on_.bad.refusal)) {
    auto refused = with_status(429, "{}");
    if (auto wait = retry_after_s(source); wait > 0)
      refused.headers.push_back({"retry-after", std::to_string(wait)});
    return refused;
  }
  if (luck.chance(on_.bad.error))
    return with_status(luck.chance(0.5) ? 500 : 503);
  if (luck.chance(on_.bad.no_answer))
    return fail(luck.chance(0.5) ? errc::timeout : errc::connect_failed,
                "no answer");
  if (luck.chance(on_.bad.garbage))
    return with_status(200, "{\"data\":[");
  // Some pages are never there.
  if (fate_of(url, seed_ + 1) % 12 == 0)
    return with_status(404, "{\"status\":404,\"error\":\"Job not found\"}");
  // Some only scripts fill.
  if (source == "jsonld" && !order.route.by_browser
      && fate_of(url, seed_ + 2) % 3 == 0) {
    auto shell = with_status(200, "<html><div id=app></div><script src=a.js>"
                                  "</script></html>");
    shell.headers = {{"content-type", "text/html"}};
    return shell;
  }
  return page_or_304(order);
}

/// A page, unless it is the version that who asks knows.
fetch::http_response web::page_or_304(const fetch::http_order& order) {
  auto found = page(order.request.url);
  const auto& known = order.route.known;
  if (found.status != 200 || !known || known->etag != found.headers[1].value)
    return found;
  ++unchanged_;
  return with_status(304);
}

void web::ask(const fetch::http_order& order, fetch::http_done done) {
  auto got = answer(order);
  auto took = on_.luck.between(milliseconds{5}, milliseconds{300});
  if (!got)
    took *= 20;
  else {
    got->final_url = order.request.url;
    got->elapsed = took;
    got->wire_bytes = static_cast<std::int64_t>(got->body.size());
  }
  on_.log.note(on_.time.now(),
               "asked " + order.request.url + ' '
                   + (got ? std::to_string(got->status) : "silence"));
  on_.time.after(took, [got = std::move(got), done = std::move(done)] {
    done(got);
  });
}

std::shared_ptr<fetch::http_client> make_web_client(stage& on, process of,
                                                    bool has_browser) {
  return std::make_shared<web_client>(on, of, has_browser);
}

} // namespace jobfarm::simulation
