#include "actors/sources/wall_page.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/sources/tag_reader.hpp"
#include "actors/text/url.hpp"
#include "actors/text/utf8.hpp"

#include <cstddef>

namespace jobfarm::sources {

namespace {

// Walls say what they want at once; the rest of a long page is not needed.
constexpr std::size_t max_bytes = 512 * 1024;
// A challenge shows some 500 characters of text, a sign-in page with its small
// print some thousands; a page with a posting shows more.
constexpr std::size_t max_challenge_text = 2500;
constexpr std::size_t max_titled_text = 6000;
constexpr std::size_t max_form_text = 600;

/// Beginnings of titles, lower case. Titles of Cloudflare, DataDome, Imperva,
/// Akamai, AWS, Sucuri, DDoS-Guard, Vercel and shop-made challenges.
constexpr std::string_view challenge_titles[] = {
    "just a moment",
    "attention required",
    "access denied",
    "access to this page has been denied",
    "additional verification required",
    "security check",
    "security verification",
    "pardon our interruption",
    "please verify",
    "please wait",
    "one moment, please",
    "verifying your browser",
    "verifying you are human",
    "checking your browser",
    "human verification",
    "human or bot",
    "bot verification",
    "robot check",
    "are you a robot",
    "are you a human",
    "are you human",
    "captcha",
    "client challenge",
    "vercel security checkpoint",
    "ddos-guard",
    "sucuri website firewall",
    "request rejected",
    "blocked",
    "you have been blocked",
    "sorry, you have been blocked",
    "unusual traffic",
};

constexpr std::string_view consent_titles[] = {
    "before you continue", "bevor sie ",     "avant d'accéder",
    "antes de continuar",  "cookie consent", "we value your privacy"};

constexpr std::string_view sign_in_titles[] = {
    "sign in",       "sign-in",  "log in",         "log-in",
    "login",         "sign up",  "linkedin login", "linkedin: log in",
    "join linkedin", "anmelden", "se connecter",   "iniciar sesión",
    "connexion"};

/// Marks of challenge pages in their scripts and markup, lower case. Sensors
/// that ordinary pages load as well are not among them.
constexpr std::string_view script_marks[] = {
    "_cf_chl_opt",
    "cf_chl_",
    "/cdn-cgi/challenge-platform/h/",
    "challenge-error-text",
    "cf-error-details",
    "px-captcha",
    "captcha-delivery.com",
    "incapsula incident",
    "awswafcookiedomainlist",
    "gokuprops",
    "sec-if-cpt-container",
    "httpservice/retry/enablejs",
};

/// What challenge pages say, lower case.
constexpr std::string_view challenge_words[] = {
    "verify you are human",
    "verify you are a human",
    "verify that you are human",
    "verify that you are not a robot",
    "you are not a robot",
    "you're not a robot",
    "are you a robot",
    "enable javascript and cookies to continue",
    "please enable javascript and cookies",
    "please enable cookies",
    "checking your browser",
    "checking if the site connection is secure",
    "needs to review the security of your connection",
    "unusual traffic",
    "unusual activity from your",
    "automated access",
    "automated queries",
    "access to this page has been denied",
    "you don't have permission to access",
    "you have been blocked",
    "your request has been blocked",
    "request unsuccessful. incapsula",
    "press & hold",
    "press and hold",
    "complete the security check",
    "solve the captcha",
    "complete the captcha",
    "if you are not redirected within a few seconds",
};

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
};

page_look look_at(std::string_view html) {
  page_look look;
  tag_reader tags{html};
  while (auto tag = tags.next()) {
    if (tag->is_end)
      continue;
    if (tag->name == "title" && look.title.empty())
      look.title = ascii_lower(one_line(inner_html(html, *tag)));
    else if (tag->name == "input")
      look.has_password =
          look.has_password || attribute(*tag, "type") == "password";
  }
  return look;
}

} // namespace

std::optional<std::string> name_wall(std::string_view html) {
  html = html.substr(0, max_bytes);
  auto look = look_at(html);
  auto words = ascii_lower(one_line(html));
  if (words.size() <= max_titled_text) {
    if (begins_with_any(look.title, challenge_titles))
      return "challenge page \"" + look.title.substr(0, 60) + '"';
    if (begins_with_any(look.title, consent_titles))
      return "consent page";
    if (begins_with_any(look.title, sign_in_titles))
      return "sign-in page";
  }
  if (words.size() <= max_challenge_text
      && (contains_any(words, challenge_words)
          || contains_any(ascii_lower(html), script_marks)))
    return "challenge page";
  if (look.has_password && words.size() <= max_form_text)
    return "sign-in page";
  return std::nullopt;
}

std::optional<std::string> name_wall_address(std::string_view url) {
  static constexpr std::string_view paths[] = {
      "/authwall", "/checkpoint/", "/uas/login",     "/login",        "/signin",
      "/sign-in",  "/sign_in",     "/account/login", "/users/sign_in"};
  static constexpr std::string_view hosts[] = {
      "consent.", "accounts.", "login.", "signin.", "captcha.", "auth."};
  auto host = text::authority_of(url);
  auto path = url.substr(0, url.find_first_of("?#"));
  auto slashes = path.find("//");
  auto slash = path.find('/', slashes == path.npos ? 0 : slashes + 2);
  path = slash == path.npos ? std::string_view{} : path.substr(slash);
  if (begins_with_any(host, hosts))
    return "address of " + host;
  if (begins_with_any(ascii_lower(path), paths))
    return "address " + std::string{path.substr(0, 60)};
  return std::nullopt;
}

} // namespace jobfarm::sources
