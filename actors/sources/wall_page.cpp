#include "actors/sources/wall_page.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/sources/tag_reader.hpp"
#include "actors/sources/wall.hpp"
#include "actors/sources/wall_words.hpp"
#include "actors/text/url.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <cstddef>

namespace jobfarm::sources {

namespace {

using namespace wall_words;

// Walls say what they want at once; the rest of a long page is not needed.
constexpr std::size_t max_bytes = 512 * 1024;
// A challenge shows some 500 characters of text, a sign-in page with its small
// print some thousands; a page with a posting shows more.
constexpr std::size_t max_challenge_text = 2500;
constexpr std::size_t max_titled_text = 6000;
constexpr std::size_t max_form_text = 1500;
constexpr std::size_t max_sentences = 400;
// Some are empty, such as those of pictures.
constexpr int most_titles = 8;

template <class Table>
bool begins_with_any(std::string_view text, const Table& table) {
  for (std::string_view one : table)
    if (begins(text, one))
      return true;
  return false;
}

template <class Table>
bool contains_any(std::string_view text, const Table& table) {
  for (std::string_view one : table)
    if (contains(text, one))
      return true;
  return false;
}

/// What of a page tells walls from pages.
struct page_look {
  std::string title;
  bool has_password = false;
  /// Where it sends the visitor by itself, and its forms what they ask.
  std::string refresh;
  bool asks_consent = false;
};

/// The address in the `content` of a refresh: "0; url=/login".
std::string refresh_target(const page_tag& meta) {
  if (!ascii_equal(attribute(meta, "http-equiv").value_or(""), "refresh"))
    return {};
  auto content = attribute(meta, "content").value_or("");
  auto at = ascii_lower(content).find("url=");
  if (at == std::string::npos)
    return {};
  auto target = std::string_view{content}.substr(at + 4);
  return std::string{
      target.substr(std::min(target.find_first_not_of("'\" "), target.size()))};
}

page_look look_at(std::string_view html) {
  page_look look;
  int titles = 0;
  tag_reader tags{html};
  while (auto tag = tags.next()) {
    if (tag->is_end)
      continue;
    if (tag->name == "title" && look.title.empty() && titles++ < most_titles)
      look.title = text::fold(one_line(inner_html(html, *tag)));
    else if (tag->name == "input")
      look.has_password =
          look.has_password || attribute(*tag, "type") == "password";
    else if (tag->name == "meta" && look.refresh.empty())
      look.refresh = refresh_target(*tag);
    else if (tag->name == "form")
      look.asks_consent =
          look.asks_consent
          || begins(text::authority_of(attribute(*tag, "action").value_or("")),
                    "consent.");
  }
  return look;
}

} // namespace

std::optional<std::string> name_wall(std::string_view html) {
  html = html.substr(0, max_bytes);
  // A page that carries a posting is none, whatever the job is called.
  if (contains(html, "\"JobPosting\""))
    return std::nullopt;
  auto text = one_line(html);
  if (text.size() > max_titled_text)
    return std::nullopt;
  auto look = look_at(html);
  auto words = text::fold(text);
  if (begins_with_any(look.title, challenge_titles))
    return "challenge page \"" + look.title.substr(0, 60) + '"';
  if (look.asks_consent || begins_with_any(look.title, consent_titles))
    return "consent page";
  if (begins_with_any(look.title, sign_in_titles))
    return "sign-in page";
  if (text.size() > max_challenge_text)
    return std::nullopt;
  if (contains_any(words, challenge_words) || has_wall_mark(html)
      || (text.size() <= max_sentences
          && contains_any(words, short_challenge_words)))
    return "challenge page";
  if (auto wall = name_wall_address(look.refresh))
    return "sent on to a wall, " + *wall;
  // A page with an answer may offer to sign in beside it.
  if (text.size() <= max_form_text && !says_nothing_found(html)
      && (look.has_password || contains_any(words, sign_in_words)))
    return "sign-in page";
  return std::nullopt;
}

bool has_wall_mark(std::string_view body) {
  return contains_any(ascii_lower(body.substr(0, max_bytes)), script_marks);
}

std::optional<std::string> name_wall_address(std::string_view url) {
  static constexpr std::string_view segments[] = {
      "authwall", "checkpoint",    "login",   "log-in",         "log_in",
      "logon",    "signin",        "sign-in", "sign_in",        "sso",
      "consent",  "captcha",       "sorry",   "challenge",      "blocked",
      "denied",   "access-denied", "unblock", "validatecaptcha"};
  static constexpr std::string_view hosts[] = {
      "consent.", "accounts.", "login.", "signin.", "captcha.",
      "auth.",    "sso.",      "idp.",   "guce.",   "validate."};
  auto host = text::authority_of(url);
  if (begins_with_any(host, hosts))
    return "address of " + host;
  auto path = ascii_lower(url.substr(0, url.find_first_of("?#")));
  auto slashes = path.find("//");
  auto slash = path.find('/', slashes == path.npos ? 0 : slashes + 2);
  for (auto at = slash; at < path.size();) {
    auto end = std::min(path.find('/', at + 1), path.size());
    auto segment = std::string_view{path}.substr(at + 1, end - at - 1);
    segment = segment.substr(0, segment.find('.'));
    for (auto one : segments)
      if (segment == one)
        return "address " + path.substr(slash, 60);
    at = end;
  }
  return std::nullopt;
}

} // namespace jobfarm::sources
