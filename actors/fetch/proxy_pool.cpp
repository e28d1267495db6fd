#include "actors/fetch/proxy_pool.hpp"

#include "actors/text/url.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

namespace jobfarm::fetch {

namespace {

/// What is called slow: so many times the quickest proxy's time, and so much
/// more.
constexpr double slow_factor = 3;
constexpr double slow_extra_ms = 500;

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  line = line.substr(0, line.find('#'));
  constexpr std::string_view blanks = " \t\r";
  for (auto at = line.find_first_not_of(blanks); at != line.npos;) {
    auto end = std::min(line.find_first_of(blanks, at), line.size());
    words.push_back(line.substr(at, end - at));
    at = line.find_first_not_of(blanks, end);
  }
  return words;
}

expected<proxy_server> read_line(std::vector<std::string_view> words) {
  proxy_server one;
  auto first = words.front();
  auto end = first.data() + first.size();
  auto parsed = std::from_chars(first.data(), end, one.tier);
  if (parsed.ec == std::errc{} && parsed.ptr == end)
    words.erase(words.begin());
  if (words.empty() || words.size() > 2 || one.tier < 1)
    return fail(errc::invalid_input,
                "takes [TIER] URL [CREDENTIAL_FILE], tier 1 or more");
  one.url = words[0];
  if (words.size() == 2)
    one.credential_file = words[1];
  auto scheme = one.url.substr(0, one.url.find("://"));
  if (scheme != "http" && scheme != "https" && scheme != "socks5")
    return fail(errc::invalid_input,
                "a proxy is http://, https:// or socks5://HOST:PORT");
  // The words of the URL would be shown: a secret must not be among them.
  if (one.url.find('@') != one.url.npos)
    return fail(errc::invalid_input,
                "user and password of a proxy belong in a file");
  auto authority = text::authority_of(one.url);
  auto colon = authority.rfind(':');
  auto is_port =
      colon != authority.npos && colon > 0 && colon + 1 < authority.size()
      && authority.find_first_not_of("0123456789", colon + 1) == authority.npos;
  if (!is_port)
    return fail(errc::invalid_input, "a proxy needs HOST:PORT");
  return one;
}

} // namespace

expected<std::vector<proxy_server>> read_proxies(std::string_view text) {
  std::vector<proxy_server> all;
  for (int number = 1; !text.empty(); ++number) {
    auto end = std::min(text.find('\n'), text.size());
    auto words = words_of(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (words.empty())
      continue;
    auto one = read_line(std::move(words));
    if (!one)
      return fail(errc::invalid_input,
                  "line " + std::to_string(number) + ": " + one.error().detail);
    all.push_back(*std::move(one));
  }
  return all;
}

proxy_pool::proxy_pool(std::vector<proxy_server> proxies, proxy_policy policy)
    : policy_(policy) {
  for (auto& one : proxies) {
    member made;
    made.server = std::move(one);
    highest_tier_ = std::max(highest_tier_, made.server.tier);
    members_.push_back(std::move(made));
  }
}

bool proxy_pool::is_usable(const member& one, time_point now) const {
  if (!one.quarantined_until)
    return true;
  // Its time is over: one request tells whether it is back.
  return now >= *one.quarantined_until && !one.is_probing;
}

bool proxy_pool::is_better(const member& a, const member& b) const {
  if (a.server.tier != b.server.tier)
    return a.server.tier < b.server.tier;
  if (a.quarantined_until.has_value() != b.quarantined_until.has_value())
    return !a.quarantined_until;
  auto load = [](const member& one) {
    return one.latency_ms.value_or(0) * (1 + one.in_flight) + one.in_flight;
  };
  return load(a) < load(b);
}

expected<proxy_choice> proxy_pool::choose(const std::string& session,
                                          std::int32_t lowest_tier,
                                          time_point now) {
  // A tier beyond the last is the last.
  lowest_tier = std::min(lowest_tier, highest_tier_);
  auto kept = by_session_.find(session);
  if (kept != by_session_.end()) {
    const auto& one = members_[kept->second];
    if (one.server.tier >= lowest_tier && is_usable(one, now))
      return start(kept->second);
  }
  static const std::set<std::size_t> nothing;
  auto avoided = avoided_.find(session);
  std::optional<std::size_t> best;
  if (avoided != avoided_.end())
    best = best_of(lowest_tier, avoided->second, now);
  // Nothing else is left; a dead tier falls to the others.
  if (!best)
    best = best_of(lowest_tier, nothing, now);
  if (!best)
    best = best_of(1, nothing, now);
  if (!best)
    return none_left(now);
  by_session_[session] = *best;
  return start(*best);
}

std::optional<std::size_t>
proxy_pool::best_of(std::int32_t lowest_tier,
                    const std::set<std::size_t>& avoided,
                    time_point now) const {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < members_.size(); ++i)
    if (members_[i].server.tier >= lowest_tier && avoided.count(i) == 0
        && is_usable(members_[i], now)
        && (!best || is_better(members_[i], members_[*best])))
      best = i;
  return best;
}

proxy_choice proxy_pool::start(std::size_t index) {
  auto& one = members_[index];
  ++one.requests;
  ++one.in_flight;
  if (one.quarantined_until) {
    one.is_probing = true;
    ++one.period;
  }
  return {index, one.period};
}

void proxy_pool::report(proxy_choice chosen, proxy_result result,
                        std::chrono::milliseconds latency,
                        const std::string& error, time_point now) {
  auto& one = members_[chosen.index];
  one.in_flight = std::max(0, one.in_flight - 1);
  auto is_of_now = chosen.period == one.period;
  auto is_probe = is_of_now && std::exchange(one.is_probing, false);
  if (result == proxy_result::nothing)
    return;
  if (result != proxy_result::failed) {
    auto ms = static_cast<double>(latency.count());
    one.latency_ms = one.latency_ms ? *one.latency_ms * 0.8 + ms * 0.2 : ms;
  }
  note(one, result, error);
  if (!is_of_now)
    return;
  if (result == proxy_result::good) {
    one.failures_in_a_row = 0;
    one.walls_in_a_row = 0;
    one.quarantines_in_a_row = 0;
    if (is_probe)
      one.quarantined_until.reset();
    return;
  }
  auto is_failure = result == proxy_result::failed;
  if (!is_failure)
    one.failures_in_a_row = 0;
  auto in_a_row = is_failure ? ++one.failures_in_a_row : ++one.walls_in_a_row;
  auto most = is_failure ? policy_.most_failures : policy_.most_walls;
  if (is_probe || in_a_row >= most)
    quarantine(one, now);
}

/// Counts what did not go well.
void proxy_pool::note(member& one, proxy_result result,
                      const std::string& error) {
  if (result == proxy_result::good)
    return;
  ++(result == proxy_result::failed ? one.failures : one.walls);
  one.last_error = error;
}

void proxy_pool::quarantine(member& one, time_point now) {
  if (one.quarantined_until && now < *one.quarantined_until)
    return;
  auto doublings = std::min(one.quarantines_in_a_row++, 10);
  auto time = std::min(policy_.first_quarantine * (1 << doublings),
                       policy_.longest_quarantine);
  one.quarantined_until = now + time;
  ++one.period;
  for (auto at = by_session_.begin(); at != by_session_.end();)
    at = &members_[at->second] == &one ? by_session_.erase(at) : std::next(at);
}

void proxy_pool::move_session(const std::string& session, std::size_t index) {
  by_session_.erase(session);
  avoided_[session].insert(index);
}

void proxy_pool::forget_session(const std::string& session) {
  by_session_.erase(session);
  avoided_.erase(session);
}

failure proxy_pool::none_left(time_point) const {
  std::string text = "no proxy is left:";
  for (const auto& one : members_)
    text += ' ' + one.server.url + " ("
            + (one.last_error.empty() ? "being probed" : one.last_error) + ')';
  return fail(errc::proxy_failed, std::move(text));
}

std::string_view proxy_pool::state_of(const member& one) const {
  if (one.quarantined_until)
    return one.is_probing ? "probing" : "quarantined";
  if (one.walls_in_a_row > 0)
    return "walled";
  auto latency = [](const member& of) { return of.latency_ms.value_or(0); };
  // An answer that takes far longer than through the quickest of the others.
  for (const auto& other : members_)
    if (other.latency_ms
        && latency(one) > latency(other) * slow_factor + slow_extra_ms)
      return "slow";
  return "healthy";
}

std::vector<proxy_status> proxy_pool::reports(time_point) const {
  std::vector<proxy_status> all;
  for (const auto& one : members_) {
    proxy_status made;
    made.url = one.server.url;
    made.tier = one.server.tier;
    made.state = state_of(one);
    made.requests = one.requests;
    made.bytes = one.bytes;
    made.failures = one.failures;
    made.bans = one.walls;
    made.latency_ms = one.latency_ms.value_or(0);
    made.last_error = one.last_error;
    all.push_back(std::move(made));
  }
  return all;
}

} // namespace jobfarm::fetch
