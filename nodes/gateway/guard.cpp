#include "nodes/gateway/guard.hpp"

namespace jobfarm::nodes::gateway {

namespace {

constexpr auto window = std::chrono::seconds{60};
constexpr std::string_view challenge = "Bearer realm=\"jobfarm\"";

problem refusal(int status, std::string_view more, std::string detail) {
  problem made{status, errc::auth_failed, std::move(detail), {}, {}};
  made.headers.push_back(
      {"WWW-Authenticate", std::string{challenge} + std::string{more}});
  return made;
}

problem too_many(std::int64_t wait_s) {
  problem made{429,
               errc::rate_limited,
               "too many requests; wait " + std::to_string(wait_s) + " s",
               {},
               {}};
  made.headers.push_back({"Retry-After", std::to_string(wait_s)});
  return made;
}

/// RFC 6750 2.1: b68token. Nothing if `header` is of another scheme.
std::optional<std::string_view> bearer_token(std::string_view header) {
  constexpr std::string_view scheme = "bearer ";
  if (header.size() <= scheme.size())
    return std::nullopt;
  for (std::size_t i = 0; i < scheme.size(); ++i)
    if ((header[i] | 0x20) != (scheme[i] | 0x20))
      return std::nullopt;
  return header.substr(scheme.size());
}

bool is_well_formed(std::string_view token) {
  return token.find_first_not_of("abcdefghijklmnopqrstuvwxyz"
                                 "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "0123456789-._~+/=")
         == token.npos;
}

} // namespace

guard::guard(token_table tokens, std::int64_t requests_per_minute,
             std::int64_t failures_per_minute)
    : tokens_(std::move(tokens)),
      requests_(requests_per_minute, window),
      failures_(failures_per_minute, window) {
}

problem guard::refuse(const std::string& peer, problem answer,
                      rate_limit::time_point now) {
  std::lock_guard lock(mutex_);
  auto left = failures_.take(peer, now);
  return left.is_allowed ? std::move(answer) : too_many(left.reset_s);
}

std::variant<token_entry, problem>
guard::identify(const server_request& request, rate_limit::time_point now) {
  auto header = request.header("authorization");
  auto token = bearer_token(header);
  if (!token)
    return refuse(request.peer,
                  refusal(401, "", "send Authorization: Bearer TOKEN"), now);
  if (!is_well_formed(*token))
    return refuse(
        request.peer,
        refusal(400, ", error=\"invalid_request\"", "that is no bearer token"),
        now);
  auto known = tokens_.find(*token);
  if (!known)
    return refuse(request.peer,
                  refusal(401, ", error=\"invalid_token\"",
                          "the token is not known here"),
                  now);
  return *std::move(known);
}

std::optional<problem> guard::deny(const token_entry& who, permission what) {
  if (is_allowed(who.who, what))
    return std::nullopt;
  std::string scope{to_string(what)};
  return refusal(403, ", error=\"insufficient_scope\", scope=\"" + scope + '"',
                 "a token of role " + std::string{to_string(who.who)}
                     + " may not do that: it needs the right to " + scope);
}

std::optional<problem> guard::meter(const token_entry& who,
                                    rate_limit::time_point now,
                                    std::vector<http_header>& headers) {
  std::lock_guard lock(mutex_);
  auto left = requests_.take(who.name, now);
  headers.push_back(
      {"RateLimit-Policy", "\"api\";q=" + std::to_string(requests_.limit())
                               + ";w=" + std::to_string(window.count())});
  headers.push_back({"RateLimit", "\"api\";r=" + std::to_string(left.remaining)
                                      + ";t=" + std::to_string(left.reset_s)});
  return left.is_allowed ? std::nullopt : std::optional{too_many(left.reset_s)};
}

} // namespace jobfarm::nodes::gateway
