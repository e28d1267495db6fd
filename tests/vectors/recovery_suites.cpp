#include "actors/fetch/retry_after.hpp"
#include "actors/plan/frontier.hpp"
#include "actors/sources/wall.hpp"
#include "actors/supervise/backoff.hpp"
#include "actors/supervise/circuit_breaker.hpp"
#include "actors/supervise/recovery.hpp"
#include "tests/vectors/suite.hpp"

#include <algorithm>
#include <functional>
#include <map>

namespace jobfarm::test {

namespace {

using namespace supervise;
using std::chrono::milliseconds;
using time_point = std::chrono::steady_clock::time_point;

milliseconds seconds_of(const json& number) {
  return milliseconds{
      static_cast<std::int64_t>(number.get<double>() * 1000 + 0.5)};
}

double in_seconds(milliseconds wait) {
  return static_cast<double>(wait.count()) / 1000;
}

std::optional<double> asked_wait(const json& header) {
  if (header.is_null())
    return std::nullopt;
  return fetch::retry_after_s({{"retry-after", header}}, 0);
}

/// What an answer of this status, with nothing in it, is taken for.
std::optional<failure> failure_of_status(std::int32_t status) {
  sources::answer_facts facts;
  facts.status = status;
  auto why = sources::judge_answer(facts);
  if (why)
    why->status = status;
  return why;
}

/// Waits without their jitter.
decision decide_at_ceiling(const failure& why, std::int32_t attempt,
                           const recovery_policy& policy) {
  return decide(why, {attempt, 1.0}, policy);
}

std::string check_backoff(const json& row) {
  const auto& in = row["input"];
  const std::string kind = in["kind"];
  milliseconds got{0};
  if (kind == "exponential") {
    backoff waits{seconds_of(in["min_s"]), seconds_of(in["max_s"])};
    got = waits.ceiling(in["n"]);
  } else {
    recovery_policy policy;
    policy.most_attempts = 1000;
    policy.first_delay = seconds_of(in.value("min_s", json(0)));
    policy.longest_delay = seconds_of(in.value("max_s", json(0)));
    if (kind == "cap")
      policy.longest_retry_after =
          std::chrono::seconds{in["retry_after_max_s"].get<int>()};
    auto why = failure_of_status(in.value("status", 429));
    why->retry_after_s = asked_wait(in.value("retry_after", json()));
    got =
        decide_at_ceiling(*why, in.value("attempt", 0) + 1, policy).delay;
  }
  return differs("seconds", row["expect"]["seconds"], in_seconds(got));
}

/// What a try came to; nothing if it went well.
std::optional<failure> failure_of(const json& outcome) {
  if (outcome.contains("status"))
    return failure_of_status(outcome["status"]);
  const std::string word = outcome["error"];
  if (word.find("dns") != word.npos)
    return fail(errc::dns_failed, word);
  if (word.find("tls") != word.npos)
    return fail(errc::tls_failed, word);
  if (word.find("timeout") != word.npos)
    return fail(errc::timeout, word);
  return fail(errc::connect_failed, word);
}

std::string check_retry_policy(const json& row) {
  recovery_policy policy;
  policy.most_attempts = row["input"]["max_retries"].get<int>() + 1;
  auto retries = 0;
  auto is_given_up = false;
  for (const auto& outcome : row["input"]["outcomes"]) {
    auto why = failure_of(outcome);
    if (!why)
      break;
    auto is_retried = decide_at_ceiling(*why, retries + 1, policy).what
                      != decision::kind::dead_letter;
    // Given up is what would have been tried again.
    is_given_up = !is_retried
                  && decide_at_ceiling(*why, 1, policy).what
                         != decision::kind::dead_letter;
    if (!is_retried)
      break;
    ++retries;
  }
  const auto& wanted = row["expect"];
  return differs("retries", wanted["retries"], retries)
         + differs("given_up", wanted["given_up"], is_given_up)
         + differs("retried", wanted["retried"], retries > 0);
}

// -- circuit breaker ----------------------------------------------------------

/// Runs the calls of a row past a breaker, each thing at its own time.
class breaker_script {
public:
  explicit breaker_script(const json& input) {
    const auto& config = input["config"];
    policy_.most_failures = config["max_failures"];
    auto open = milliseconds{config["reset_timeout_ms"].get<int>()};
    policy_.open = {open, milliseconds{config.value("max_reset_timeout_ms",
                                                    open.count())}};
    call_timeout_ = milliseconds{config["call_timeout_ms"].get<int>()};
    for (const auto& event : input["events"])
      plan(event["t"].get<int>(), [this, event] { happen(event); });
    while (!plan_.empty()) {
      auto next = plan_.begin();
      now_ = time_point{} + milliseconds{next->first};
      auto what = std::move(next->second);
      plan_.erase(next);
      what();
    }
  }

  const json& results() const {
    return results_;
  }
  std::string state() const {
    return std::string{to_string(breaker_.state(now_, policy_))};
  }
  std::int32_t failures() const {
    return breaker_.failures();
  }

private:
  void plan(std::int64_t at, std::function<void()> what) {
    plan_.emplace(at, std::move(what));
  }

  void happen(const json& event) {
    if (event.contains("report"))
      count(breaker_.witness(now_, policy_), event["report"]);
    else if (event.contains("call"))
      call(event);
  }

  void call(const json& event) {
    auto slot = results_.size();
    auto ticket = breaker_.admit(now_, policy_);
    results_.push_back(ticket ? "" : "rejected");
    if (!ticket)
      return;
    milliseconds takes{event.value("takes_ms", 0)};
    auto is_late = takes > call_timeout_;
    auto end = [this, slot, ticket, event, is_late] {
      auto is_ok = event["call"] == "ok";
      results_[slot] = is_late ? "timeout" : is_ok ? "ok" : "failed";
      count(*ticket,
            is_late ? json("fail") : event.value("counted_as", event["call"]));
    };
    if (takes.count() == 0)
      return end();
    plan(event["t"].get<std::int64_t>()
             + std::min(takes, call_timeout_).count(),
         end);
  }

  void count(circuit_breaker::ticket ticket, const json& word) {
    if (word == "ok")
      breaker_.succeeded(ticket);
    else
      breaker_.failed(ticket, now_, policy_);
  }

  breaker_policy policy_;
  circuit_breaker breaker_;
  milliseconds call_timeout_{0};
  time_point now_{};
  std::multimap<std::int64_t, std::function<void()>> plan_;
  json results_ = json::array();
};

std::string check_breaker(const json& row) {
  breaker_script script(row["input"]);
  const auto& wanted = row["expect"];
  std::string wrong;
  if (wanted["results"] != script.results())
    wrong = "results: wanted " + wanted["results"].dump() + ", got "
            + script.results().dump() + "; ";
  wrong += differs("state", wanted["state"], script.state());
  if (wanted.contains("failures"))
    wrong += differs("failures", wanted["failures"], script.failures());
  return wrong;
}

// -- throttling ---------------------------------------------------------------

/// One domain of a row, with tasks to spare.
class throttled_host {
public:
  throttled_host(std::string name, const json& input)
      : name_(std::move(name)),
        longest_(seconds_of(input["config"]["max_s"])),
        asked_(rules_of(input["config"])) {
    std::vector<task> tasks(input["events"].size() + 1);
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      tasks[i].id = std::to_string(i);
      tasks[i].host = name_;
    }
    asked_.add(std::move(tasks));
    const auto& config = input["config"];
    if (config.contains("crawl_delay_s")
        && config["crawl_delay_s"].contains(name_))
      crawl_delay_ = seconds_of(config["crawl_delay_s"][name_]);
  }

  void happen(const json& event, time_point now) {
    const std::string what = event["event"];
    if (what == "rate_limited")
      refuse(event, now);
    else
      answer(what == "ok", now);
  }

  bool is_fetchable(time_point now) const {
    auto next = asked_.next_change(time_point::min());
    return next && *next <= now;
  }

private:
  static plan::frontier_rules rules_of(const json& config) {
    plan::frontier_rules rules;
    rules.lease_time = std::chrono::hours{100'000};
    rules.standard = {0, 1'000, 1};
    rules.pauses = {seconds_of(config["base_s"]), seconds_of(config["max_s"])};
    return rules;
  }

  void refuse(const json& event, time_point now) {
    std::optional<plan::duration> fixed;
    for (const auto* name : {"retry_after", "retry_after_s"})
      if (event.contains(name) && !event[name].is_null())
        fixed = std::min(seconds_of(event[name]), longest_);
    asked_.refused(name_, fixed, now, 1.0);
  }

  /// One request, and what robots.txt says beside.
  void answer(bool is_good, time_point now) {
    plan::host_answer answer;
    if (is_good)
      answer.verdict = host_verdict::well;
    answer.crawl_delay = crawl_delay_;
    for (const auto& one : asked_.take("w", 1, now))
      asked_.finish(one.id, now, answer);
  }

  std::string name_;
  milliseconds longest_;
  plan::frontier asked_;
  std::optional<plan::duration> crawl_delay_;
};

std::string check_throttle(const json& row) {
  const auto& input = row["input"];
  std::map<std::string, throttled_host> hosts;
  for (const std::string name : input["domains"])
    hosts.emplace(name, throttled_host{name, input});
  auto got = json::array();
  for (const auto& event : input["events"]) {
    auto now = time_point{} + std::chrono::hours{1} + seconds_of(event["t"]);
    if (event["event"] != "ask") {
      hosts.at(event["domain"]).happen(event, now);
      continue;
    }
    auto fetchable = json::array();
    for (const auto& [name, host] : hosts)
      if (host.is_fetchable(now))
        fetchable.push_back(name);
    got.push_back(std::move(fetchable));
  }
  const auto& wanted = row["expect"]["fetchable"];
  return wanted == got
             ? ""
             : "wanted " + wanted.dump() + ", got " + got.dump() + "; ";
}

const suite_registration suites[] = {
    {"backoff", check_backoff},
    {"breaker", check_breaker},
    {"retry_policy", check_retry_policy},
    {"throttle", check_throttle},
};

} // namespace

} // namespace jobfarm::test
