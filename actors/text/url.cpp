#include "actors/text/url.hpp"

#include "actors/text/ascii.hpp"
#include "actors/text/percent.hpp"

#include <idn2.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace jobfarm::text {

namespace {

/// The parts of RFC 3986 3, as written; absent parts are empty with their
/// flag false.
struct parts {
  std::string_view scheme;
  std::string_view authority;
  std::string_view path;
  std::string_view query;
  std::string_view fragment;
  bool has_authority = false;
  bool has_query = false;
  bool has_fragment = false;
};

bool is_alpha(char c) {
  return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z';
}

std::string_view trimmed(std::string_view text) {
  auto is_blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  while (!text.empty() && is_blank(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back()))
    text.remove_suffix(1);
  return text;
}

std::string_view scheme_of(std::string_view url) {
  std::size_t end = 0;
  while (end < url.size()
         && (is_alpha(url[end]) || is_digit(url[end]) || url[end] == '+'
             || url[end] == '-' || url[end] == '.'))
    ++end;
  auto is_scheme =
      end > 0 && end < url.size() && url[end] == ':' && is_alpha(url[0]);
  return is_scheme ? url.substr(0, end) : std::string_view{};
}

parts split(std::string_view url) {
  parts p;
  p.scheme = scheme_of(url);
  if (!p.scheme.empty())
    url.remove_prefix(p.scheme.size() + 1);
  if (auto hash = url.find('#'); hash != url.npos) {
    p.has_fragment = true;
    p.fragment = url.substr(hash + 1);
    url = url.substr(0, hash);
  }
  if (auto mark = url.find('?'); mark != url.npos) {
    p.has_query = true;
    p.query = url.substr(mark + 1);
    url = url.substr(0, mark);
  }
  if (url.substr(0, 2) == "//") {
    p.has_authority = true;
    url.remove_prefix(2);
    auto end = std::min(url.find('/'), url.size());
    p.authority = url.substr(0, end);
    url.remove_prefix(end);
  }
  p.path = url;
  return p;
}

/// Characters that may stand in a path or query as they are, RFC 3986 3.3-3.4.
/// `[` and `]` are encoded although many senders do not.
constexpr auto standing = [] {
  std::array<bool, 256> is{};
  for (std::size_t byte = 0; byte < is.size(); ++byte)
    is[byte] = is_unreserved(static_cast<char>(byte));
  for (char mark : std::string_view{"!$&'()*+,;=:@/?"})
    is[static_cast<unsigned char>(mark)] = true;
  return is;
}();

bool may_stand(char c) {
  return standing[static_cast<unsigned char>(c)];
}

/// RFC 3986 5.2.4.
std::string without_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  auto is_absolute = !path.empty() && path[0] == '/';
  bool ends_in_slash = false;
  for (auto rest = path.substr(is_absolute ? 1 : 0);;) {
    auto slash = std::min(rest.find('/'), rest.size());
    auto segment = rest.substr(0, slash);
    auto is_last = slash == rest.size();
    ends_in_slash = segment == "." || segment == "..";
    if (segment == "..") {
      if (!kept.empty())
        kept.pop_back();
    } else if (segment != ".") {
      kept.push_back(segment);
    }
    if (is_last)
      break;
    rest.remove_prefix(slash + 1);
  }
  std::string out = is_absolute ? "/" : "";
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (i > 0)
      out += '/';
    out += kept[i];
  }
  if (ends_in_slash && !out.empty() && out.back() != '/')
    out += '/';
  return out;
}

std::string normal_host(std::string_view host) {
  constexpr std::string_view delimiters = ":/?#[]@%\\ ";
  auto decoded = percent_decoded(host);
  // A decoded delimiter would end the host (RFC 3986 2.2).
  if (decoded.size() != host.size()
      && decoded.find_first_of(delimiters) != decoded.npos)
    return ascii_lower(host);
  auto is_plain = std::all_of(decoded.begin(), decoded.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;
  });
  if (is_plain)
    return ascii_lower(decoded);
  char* ascii = nullptr;
  auto done = idn2_to_ascii_8z(decoded.c_str(), &ascii,
                               IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
  std::unique_ptr<char, decltype(&idn2_free)> owner(ascii, &idn2_free);
  // UTS 46 makes delimiters of their wide forms: such a host is none.
  auto is_host = done == IDN2_OK
                 && std::string_view{ascii}.find_first_of(delimiters)
                        == std::string_view::npos;
  return is_host ? std::string{ascii} : ascii_lower(decoded);
}

std::string normal_authority(std::string_view authority,
                             std::string_view scheme) {
  std::string out;
  if (auto at = authority.rfind('@'); at != authority.npos) {
    out = authority.substr(0, at + 1);
    authority.remove_prefix(at + 1);
  }
  auto bracket = authority.rfind(']');
  auto colon = authority.rfind(':');
  auto has_port =
      colon != authority.npos && (bracket == authority.npos || colon > bracket);
  auto host = authority.substr(0, has_port ? colon : authority.size());
  out += normal_host(host);
  if (!has_port)
    return out;
  auto port = authority.substr(colon + 1);
  while (port.size() > 1 && port[0] == '0')
    port.remove_prefix(1);
  auto is_default = port.empty() || (scheme == "http" && port == "80")
                    || (scheme == "https" && port == "443");
  // Of "a:80:" nothing is dropped, for it is no host.
  auto has_other_port =
      host.find(':', bracket == host.npos ? 0 : bracket) != host.npos;
  if (!is_default || has_other_port)
    out += ':' + std::string{port};
  return out;
}

/// RFC 3986 3.2.2 and 3.2.3: a name, or an address in brackets, and a port.
bool is_host_and_port(std::string_view text) {
  auto end = text.find(':');
  if (!text.empty() && text[0] == '[') {
    auto close = text.find(']');
    if (close == text.npos)
      return false;
    end = close + 1 < text.size() ? close + 1 : text.npos;
  }
  auto host = text.substr(0, end);
  auto port = end == text.npos ? std::string_view{} : text.substr(end);
  auto may_name = [&](char c) {
    return is_unreserved(c)
           || std::string_view{"%!$&'()*+,;="}.find(c) != std::string_view::npos
           || (host[0] == '[' && (c == '[' || c == ']' || c == ':'));
  };
  return !host.empty() && std::all_of(host.begin(), host.end(), may_name)
         && (port.empty()
             || (port.size() > 1 && port[0] == ':'
                 && std::all_of(port.begin() + 1, port.end(), is_digit)));
}

bool ends_with(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size()
         && text.substr(text.size() - ending.size()) == ending;
}

/// Hosts of applicant tracking systems, where `source` and `src` say who sent
/// the visitor.
bool is_ats_host(std::string_view host) {
  for (std::string_view ats :
       {"greenhouse.io", "lever.co", "ashbyhq.com", "workable.com",
        "smartrecruiters.com", "myworkdayjobs.com", "icims.com", "jobvite.com",
        "bamboohr.com", "recruitee.com", "teamtailor.com", "personio.com",
        "personio.de", "breezy.hr", "applytojob.com"})
    if (host == ats || ends_with(host, "." + std::string{ats}))
      return true;
  return false;
}

bool is_tracking(std::string_view name, std::string_view host) {
  constexpr std::string_view always[] = {
      "gclid", "fbclid",     "msclkid", "mc_cid",    "mc_eid",  "gh_src",
      "trk",   "trackingid", "refid",   "ref",       "referer", "from",
      "vjs",   "tk",         "iis",     "ashby_utm", "iisn",    "lever-origin"};
  auto folded = ascii_lower(name);
  if (folded.rfind("utm_", 0) == 0 || folded.rfind("lever-source", 0) == 0)
    return true;
  if (folded == "source" || folded == "src")
    return is_ats_host(host);
  return std::find(std::begin(always), std::end(always), folded)
         != std::end(always);
}

std::string normal_query(std::string_view query, std::string_view host) {
  auto name = [](std::string_view one) { return one.substr(0, one.find('=')); };
  std::vector<std::string> kept;
  while (!query.empty()) {
    auto end = std::min(query.find('&'), query.size());
    auto one = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (one.empty() || is_tracking(name(one), host))
      continue;
    auto normal = normal_encoding(one, &may_stand);
    auto was_encoded = one.find('%') != one.npos;
    if (!was_encoded || !is_tracking(name(normal), host))
      kept.push_back(std::move(normal));
  }
  std::stable_sort(kept.begin(), kept.end(),
                   [&](const std::string& a, const std::string& b) {
                     return name(a) < name(b);
                   });
  std::string out;
  for (const auto& one : kept)
    out += (out.empty() ? "" : "&") + one;
  return out;
}

} // namespace

bool is_plainly_canonical(std::string_view url) {
  for (std::string_view scheme : {"https://", "http://"})
    if (url.substr(0, scheme.size()) == scheme) {
      url.remove_prefix(scheme.size());
      auto slash = url.find('/');
      if (slash == url.npos || slash == 0)
        return false;
      auto host = url.substr(0, slash);
      auto path = url.substr(slash);
      return std::all_of(host.begin(), host.end(),
                         [](char c) {
                           return (c >= 'a' && c <= 'z') || is_digit(c)
                                  || c == '-' || c == '.';
                         })
             && std::all_of(path.begin(), path.end(),
                            [](char c) { return c != '?' && may_stand(c); })
             && path.find("/.") == path.npos
             && (path.size() == 1 || path.back() != '/');
    }
  return false;
}

expected<std::string> canonical_url(std::string_view url) {
  if (is_plainly_canonical(url))
    return std::string{url};
  auto p = split(trimmed(url));
  auto scheme = ascii_lower(p.scheme);
  if ((scheme != "http" && scheme != "https") || p.authority.empty())
    return fail(errc::invalid_input, "not an absolute http(s) URL: \""
                                         + std::string{url.substr(0, 200)}
                                         + '"');
  auto authority = normal_authority(p.authority, scheme);
  // An encoded dot is a dot (RFC 3986 6.2.2.2, 6.2.2.3).
  auto path = without_dot_segments(normal_encoding(p.path, &may_stand));
  while (path.size() > 1 && path.back() == '/')
    path.pop_back();
  if (path.empty())
    path = "/";
  auto host = authority.substr(authority.rfind('@') + 1);
  if (!is_host_and_port(host))
    return fail(errc::invalid_input,
                "not a host: \"" + std::string{url.substr(0, 200)} + '"');
  auto query = normal_query(p.query, host.substr(0, host.find(':')));
  auto out = scheme + "://" + authority + path;
  if (!query.empty())
    out += '?' + query;
  auto is_route =
      !p.fragment.empty() && (p.fragment[0] == '!' || p.fragment[0] == '/');
  if (is_route)
    out += '#' + std::string{p.fragment};
  return out;
}

expected<std::string> resolve_url(std::string_view base,
                                  std::string_view reference) {
  auto b = split(trimmed(base));
  auto r = split(trimmed(reference));
  // ":23" and the like are no scheme but a path.
  std::string out;
  auto with = [&](std::string_view scheme, std::string_view authority,
                  bool has_authority, const std::string& path, const parts& q) {
    out = std::string{scheme} + ':';
    if (has_authority)
      out += "//" + std::string{authority};
    out += path;
    if (q.has_query)
      out += '?' + std::string{q.query};
    if (r.has_fragment)
      out += '#' + std::string{r.fragment};
    return out;
  };
  if (!r.scheme.empty())
    return with(r.scheme, r.authority, r.has_authority,
                without_dot_segments(r.path), r);
  if (b.scheme.empty())
    return fail(errc::invalid_input, "not an absolute URL: \""
                                         + std::string{base.substr(0, 200)}
                                         + '"');
  if (r.has_authority)
    return with(b.scheme, r.authority, true, without_dot_segments(r.path), r);
  if (r.path.empty())
    return with(b.scheme, b.authority, b.has_authority, std::string{b.path},
                r.has_query ? r : b);
  if (r.path[0] == '/')
    return with(b.scheme, b.authority, b.has_authority,
                without_dot_segments(r.path), r);
  auto folder = std::string{b.path.substr(0, b.path.rfind('/') + 1)};
  if (folder.empty() && b.has_authority)
    folder = "/";
  return with(b.scheme, b.authority, b.has_authority,
              without_dot_segments(folder + std::string{r.path}), r);
}

std::string authority_of(std::string_view url) {
  auto p = split(trimmed(url));
  auto authority = ascii_lower(p.authority);
  return authority.substr(authority.rfind('@') + 1);
}

std::string percent_encode(std::string_view text) {
  std::string out;
  for (char c : text)
    if (is_unreserved(c))
      out += c;
    else
      append_encoded(out, c);
  return out;
}

} // namespace jobfarm::text
