#include "actors/fetch/transfer_rules.hpp"

#include "actors/text/ascii.hpp"
#include "actors/text/url.hpp"

#include <string_view>

namespace jobfarm::fetch {

bool is_same_origin(const std::string& a, const std::string& b) {
  return text::ascii_lower(a.substr(0, a.find(':')))
             == text::ascii_lower(b.substr(0, b.find(':')))
         && text::authority_of(a) == text::authority_of(b);
}

bool is_harmless(const http_header& one) {
  auto name = text::ascii_lower(one.name);
  return name.rfind("accept", 0) == 0 || name.rfind("content-", 0) == 0
         || name.rfind("if-", 0) == 0;
}

std::string resolving_proxy(const std::string& url) {
  constexpr std::string_view resolved_here = "socks5://";
  return url.rfind(resolved_here, 0) == 0
             ? "socks5h://" + url.substr(resolved_here.size())
             : url;
}

bool is_redirect(std::int32_t status) {
  return status == 301 || status == 302 || status == 303 || status == 307
         || status == 308;
}

} // namespace jobfarm::fetch
