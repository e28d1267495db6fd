#include "actors/sources/wall.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/sources/tag_reader.hpp"
#include "actors/sources/wall_error.hpp"
#include "actors/sources/wall_page.hpp"
#include "actors/text/url.hpp"

#include <utility>

namespace jobfarm::sources {

namespace {

// Challenges in JSON are addresses and keys.
constexpr std::size_t most_challenge_bytes = 8 * 1024;

/// Value of a header, lower case; empty if absent.
std::string header(const answer_facts& facts, std::string_view name) {
  for (const auto& one : facts.headers)
    if (ascii_equal(one.name, name))
      return ascii_lower(ascii_trim(one.value));
  return {};
}

/// Headers by which challenge services mark their own pages.
bool is_marked_challenge(const answer_facts& facts) {
  return header(facts, "cf-mitigated") == "challenge"
         || !header(facts, "x-vercel-mitigated").empty()
         || !header(facts, "x-amzn-waf-action").empty()
         || !header(facts, "x-sucuri-block").empty();
}

bool is_markup(std::string_view body) {
  return begins(ascii_trim(body.substr(0, 4096)), "<");
}

std::string host_of(std::string_view url) {
  auto host = text::authority_of(url);
  // An IPv6 literal keeps its colons in brackets.
  auto port = host.find(':', host.find(']') == npos ? 0 : host.find(']'));
  return host.substr(0, port);
}

bool is_address(std::string_view host) {
  return host.find_first_not_of("0123456789.") == npos || begins(host, "[");
}

/// What follows the first label: "in.linkedin.com" gives "linkedin.com".
/// Empty where that is a suffix anybody registers under ("co.uk").
std::string_view parent_of(std::string_view host) {
  auto dot = host.find('.');
  if (dot == npos || is_address(host))
    return {};
  auto parent = host.substr(dot + 1);
  auto second = parent.find('.');
  bool is_suffix = second == npos
                   || (second <= 3 && parent.size() - second - 1 == 2
                       && parent.find('.', second + 1) == npos);
  return is_suffix ? std::string_view{} : parent;
}

/// True if a site may answer from `host` for `asked`: itself with or without
/// "www", a part of it, or a twin under the same parent.
bool is_same_site(std::string_view asked, std::string_view host) {
  if (begins(asked, "www."))
    asked.remove_prefix(4);
  if (begins(host, "www."))
    host.remove_prefix(4);
  if (stays_on_site(asked, host))
    return true;
  auto parent = parent_of(asked);
  return !parent.empty() && parent == parent_of(host);
}

std::string subject(const answer_facts& facts) {
  auto host = text::authority_of(facts.request_url.empty() ? facts.final_url
                                                           : facts.request_url);
  return host.empty() ? "read answer: " : "read answer of " + host + ": ";
}

failure refuse(const answer_facts& facts, errc code, const std::string& why) {
  auto result = fail(code, subject(facts) + why);
  result.status = facts.status;
  return result;
}

/// An address that walls answer from, unless it was asked for.
std::optional<failure> judge_address(const answer_facts& facts) {
  if (facts.final_url.empty() || facts.final_url == facts.request_url)
    return std::nullopt;
  auto wall = name_wall_address(facts.final_url);
  if (wall && !name_wall_address(facts.request_url))
    return refuse(facts, errc::bot_detected, "redirected to a wall, " + *wall);
  auto asked = host_of(facts.request_url);
  auto answered = host_of(facts.final_url);
  if (facts.may_move || asked.empty() || answered.empty()
      || is_same_site(asked, answered))
    return std::nullopt;
  return refuse(facts, errc::schema_changed, "moved to " + answered);
}

/// An answer with a failing status.
failure judge_status(const answer_facts& facts) {
  auto status = std::to_string(facts.status);
  // A wall may hide behind any of these; 404 and 429 mean what they say.
  bool may_be_wall = facts.status == 401 || facts.status == 403
                     || facts.status == 405 || facts.status >= 500;
  if (may_be_wall && is_markup(facts.body))
    if (auto wall = name_wall(facts.body))
      return refuse(facts, errc::bot_detected,
                    "status " + status + ", " + *wall);
  auto words = error_words(facts.body);
  auto why = "status " + status + (words.empty() ? "" : ", " + words);
  return refuse(facts, code_of_status(facts.status, words), why);
}

} // namespace

std::optional<failure> judge_answer(const answer_facts& facts) {
  if (is_marked_challenge(facts))
    return refuse(facts, errc::bot_detected, "marked as a challenge");
  if (facts.status >= 300)
    return judge_status(facts);
  if (auto moved = judge_address(facts))
    return moved;
  auto why = judge_body(facts.body);
  if (!why)
    return std::nullopt;
  why->detail = subject(facts) + why->detail;
  if (why->status == 0)
    why->status = facts.status;
  return why;
}

std::optional<failure> judge_body(std::string_view body) {
  if (!is_markup(body)) {
    // Challenge services answer who asks for JSON with theirs.
    if (body.size() <= most_challenge_bytes && has_wall_mark(body))
      return fail(errc::bot_detected, "challenge in JSON");
    return read_error_body(body);
  }
  if (auto wall = name_wall(body))
    return fail(errc::bot_detected, *wall);
  return std::nullopt;
}

bool is_shell(std::string_view page) {
  // Some words of a header or a notice that scripts are needed.
  constexpr std::size_t most_text = 400;
  return is_markup(page) && contains(ascii_lower(page), "<script")
         && one_line(page).size() <= most_text;
}

bool says_nothing_found(std::string_view page) {
  static constexpr std::string_view words[] = {"no jobs found",
                                               "no jobs match",
                                               "no matching jobs",
                                               "no results found",
                                               "no vacancies",
                                               "no open positions",
                                               "no current openings",
                                               "no openings",
                                               "0 jobs found",
                                               "did not match any jobs",
                                               "didn't match any jobs",
                                               "couldn't find any jobs",
                                               "could not find any jobs",
                                               "there are no jobs",
                                               "there are currently no",
                                               "we don't have any jobs",
                                               "no job postings",
                                               "keine stellen gefunden",
                                               "keine ergebnisse",
                                               "aucune offre",
                                               "no se encontraron",
                                               "no se han encontrado"};
  auto said = ascii_lower(one_line(page));
  for (auto one : words)
    if (contains(said, one))
      return true;
  return false;
}

bool stays_on_site(std::string_view site, std::string_view host) {
  auto wanted = ascii_lower(site);
  auto given = ascii_lower(host);
  if (wanted.empty() || given == wanted)
    return !wanted.empty();
  return !is_address(wanted) && ends(given, '.' + wanted);
}

} // namespace jobfarm::sources
