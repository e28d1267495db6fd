#include "actors/fetch/transfer.hpp"

#include "actors/fetch/address_guard.hpp"
#include "actors/fetch/transfer_rules.hpp"
#include "actors/text/ascii.hpp"
#include "actors/text/url.hpp"

#include <algorithm>
#include <memory>

#include <sys/socket.h>

namespace jobfarm::fetch {

namespace {

/// Host without port and brackets, as written.
std::string written_host(const std::string& url) {
  auto authority = text::authority_of(url);
  if (!authority.empty() && authority[0] == '[')
    return authority.substr(1, authority.find(']') - 1);
  return authority.substr(0, authority.find(':'));
}

/// The same as libcurl itself reads the address, with IPv4 addresses in their
/// usual form; empty if it cannot. Who judges an address must read it as he
/// who connects.
std::string host_of(const std::string& url) {
  std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parsed(curl_url(),
                                                             curl_url_cleanup);
  char* host = nullptr;
  if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0)
      || curl_url_get(parsed.get(), CURLUPART_HOST, &host, 0))
    return {};
  std::string read{host};
  curl_free(host);
  if (read.size() > 2 && read.front() == '[')
    read = read.substr(1, read.size() - 2);
  return text::ascii_lower(read);
}

errc code_of(CURLcode code) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return errc::timeout;
    case CURLE_COULDNT_RESOLVE_HOST: return errc::dns_failed;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY: return errc::proxy_failed;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE: return errc::tls_failed;
    case CURLE_FILESIZE_EXCEEDED: return errc::too_large;
    // The other side announced more than it sent, or sent no such encoding.
    case CURLE_PARTIAL_FILE:
    case CURLE_BAD_CONTENT_ENCODING: return errc::bad_payload;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL: return errc::invalid_input;
    default: return errc::connect_failed;
  }
}

std::string size_text(std::size_t bytes) {
  if (bytes >= 1u << 20)
    return std::to_string(bytes >> 20) + " MiB";
  return std::to_string(bytes >> 10) + " KiB";
}

} // namespace

transfer::transfer(const http_client_options& options, body_budget& budget,
                   http_order order, http_done when_done)
    : done(std::move(when_done)),
      options_(options),
      request_(std::move(order.request)),
      via_(std::move(order.via)),
      first_bytes_(order.first_bytes),
      url_(request_.url),
      body_(budget),
      redirects_(order.redirects),
      may_follow_(std::move(order.may_follow)) {
}

transfer::~transfer() {
  curl_slist_free_all(header_list_);
}

/// An address that is allowed is so as it is written, in no other spelling.
bool transfer::is_allowed() const {
  const auto& allowed = options_.allowed_hosts;
  return host_ == written_host(url_)
         && std::find(allowed.begin(), allowed.end(), host_) != allowed.end();
}

std::optional<failure> transfer::prepare(CURL* with, std::uint64_t id) {
  if (!with)
    return not_begun("it has no handle");
  host_ = host_of(url_);
  if (!is_web_url(url_))
    return fail(errc::blocked_address,
                "fetch " + url_ + ": only http and https addresses");
  if (host_.empty())
    return fail(errc::invalid_input, "fetch " + url_ + ": not an address");
  // A proxy would take a name without a dot for one of its own network.
  auto is_inside =
      is_blocked_host(host_)
      || (!via_.proxy_url.empty() && host_.find_first_of(".:") == host_.npos);
  if (is_inside && !is_allowed())
    return fail(errc::blocked_address,
                "fetch " + url_
                    + ": the address is private; allow its host by "
                      "name to fetch it");
  handle = with;
  response_ = {};
  body_.restart();
  is_cut_ = false;
  refused_ = CURLE_OK;
  set_request(id);
  set_limits();
  set_transport();
  if (refused_ != CURLE_OK)
    return not_begun(curl_easy_strerror(refused_));
  return std::nullopt;
}

failure transfer::not_begun(const char* why) const {
  return fail(errc::provider_unavailable,
              "fetch " + url_ + ": libcurl does not begin it: " + why);
}

/// A handle that lacks something (its proxy, its limits) is not to be used.
template <class Value>
void transfer::set(CURLoption option, Value value) {
  auto code = curl_easy_setopt(handle, option, value);
  if (refused_ == CURLE_OK)
    refused_ = code;
}

void transfer::set_headers() {
  curl_slist_free_all(std::exchange(header_list_, nullptr));
  for (const auto& header : request_.headers) {
    auto* longer = curl_slist_append(
        header_list_, (header.name + ": " + header.value).c_str());
    if (!longer) {
      refused_ = CURLE_OUT_OF_MEMORY;
      return;
    }
    header_list_ = longer;
  }
  set(CURLOPT_HTTPHEADER, header_list_);
}

void transfer::set_request(std::uint64_t id) {
  set(CURLOPT_URL, url_.c_str());
  set(CURLOPT_PRIVATE,
      reinterpret_cast<void*>(static_cast<std::uintptr_t>(id)));
  // All encodings this libcurl knows.
  set(CURLOPT_ACCEPT_ENCODING, "");
  // A wish: not every libcurl speaks HTTP/2.
  curl_easy_setopt(handle, CURLOPT_HTTP_VERSION,
                   static_cast<long>(CURL_HTTP_VERSION_2TLS));
  if (request_.method == "POST") {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDSIZE_LARGE,
        static_cast<curl_off_t>(request_.body.size()));
    set(CURLOPT_POSTFIELDS, request_.body.c_str());
  } else if (request_.method != "GET") {
    set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  }
  set_headers();
  set(CURLOPT_WRITEFUNCTION, &transfer::on_body);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_HEADERFUNCTION, &transfer::on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_OPENSOCKETFUNCTION, &transfer::on_socket);
  set(CURLOPT_OPENSOCKETDATA, this);
}

void transfer::set_limits() {
  const auto& limits = options_.limits;
  auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - started_);
  auto left = std::max<std::int64_t>(1, (limits.total_timeout - spent).count());
  set(CURLOPT_NOSIGNAL, 1L);
  // A page in a few reads; each transfer under way has one of these.
  set(CURLOPT_BUFFERSIZE, 64L << 10);
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_CONNECTTIMEOUT_MS,
      static_cast<long>(limits.connect_timeout.count()));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(left));
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options_.authorities_file.empty())
    set(CURLOPT_CAINFO, options_.authorities_file.c_str());
  // What is cut anyway may be announced at any length.
  if (!first_bytes_)
    set(CURLOPT_MAXFILESIZE_LARGE,
        static_cast<curl_off_t>(limits.max_body_bytes));
}

void transfer::set_transport() {
  const auto& agent =
      via_.user_agent.empty() ? options_.user_agent : via_.user_agent;
  set(CURLOPT_USERAGENT, agent.c_str());
  // Empty, not unset: a proxy of the environment is nobody's decision.
  set(CURLOPT_PROXY, resolving_proxy(via_.proxy_url).c_str());
  set(CURLOPT_NOPROXY, "");
  if (!via_.proxy_user.empty()) {
    set(CURLOPT_PROXYUSERNAME, via_.proxy_user.c_str());
    set(CURLOPT_PROXYPASSWORD, via_.proxy_password.c_str());
  }
  // A shared jar turns cookies on; COOKIEFILE would leak its list on reset.
  if (jar)
    set(CURLOPT_SHARE, jar);
}

/// Room for a body as it is announced, so that it is not copied as it grows; an
/// announcement alone takes no more than a megabyte.
void transfer::make_room() {
  curl_off_t announced = 0;
  curl_easy_getinfo(handle, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
  constexpr curl_off_t most = 1 << 20;
  if (announced > 0)
    body_.restart(page_body::room_for(
        static_cast<std::size_t>(std::min(announced, most))));
}

std::size_t transfer::on_body(char* bytes, std::size_t, std::size_t size,
                              void* self) {
  auto& one = *static_cast<transfer*>(self);
  auto& body = one.body_;
  if (body.is_given_up())
    return 0;
  if (body.empty())
    one.make_room();
  if (one.first_bytes_ && body.size() + size > *one.first_bytes_) {
    if (!body.append({bytes, *one.first_bytes_ - body.size()}))
      return 0;
    one.is_cut_ = true;
    return 0;
  }
  // The count is of decompressed bytes: a small body may swell.
  auto most = one.options_.limits.max_body_bytes;
  if (body.size() + size > most) {
    one.too_large_ = "the body is more than " + size_text(most);
    return 0;
  }
  return body.append({bytes, size}) ? size : 0;
}

std::size_t transfer::on_header(char* bytes, std::size_t, std::size_t size,
                                void* self) {
  auto& one = *static_cast<transfer*>(self);
  one.header_bytes_ += size;
  auto most = one.options_.limits.max_header_bytes;
  if (one.header_bytes_ > most) {
    one.too_large_ =
        "the headers of all its answers are more than " + size_text(most);
    return 0;
  }
  std::string_view line(bytes, size);
  // "HTTP/1.1 100 Continue" and the like begin a new set of headers.
  if (line.substr(0, 5) == "HTTP/")
    one.response_.headers.clear();
  auto colon = line.find(':');
  if (colon != line.npos)
    one.response_.headers.push_back(
        {text::ascii_lower(text::ascii_trim(line.substr(0, colon))),
         std::string{text::ascii_trim(line.substr(colon + 1))}});
  return size;
}

/// The last word on an address: what the name resolved to, this time.
curl_socket_t transfer::on_socket(void* self, curlsocktype,
                                  curl_sockaddr* address) {
  auto& one = *static_cast<transfer*>(self);
  // Through a proxy this is the proxy's address, which the operator chose; the
  // names behind it are resolved there.
  if (one.via_.proxy_url.empty() && is_blocked_address(address->addr)
      && !one.is_allowed()) {
    one.blocked_ = numeric_address(address->addr);
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC,
                  address->protocol);
}

failure transfer::failure_of(CURLcode code) const {
  if (!blocked_.empty())
    return fail(errc::blocked_address,
                "fetch " + url_ + ": it resolves to the private address "
                    + blocked_);
  if (!too_large_.empty())
    return fail(errc::too_large, "fetch " + url_ + ": " + too_large_);
  if (code == CURLE_FILESIZE_EXCEEDED)
    return fail(errc::too_large,
                "fetch " + url_ + ": the body is announced as more than "
                    + size_text(options_.limits.max_body_bytes));
  if (body_.is_given_up())
    return fail(errc::provider_unavailable,
                "fetch " + url_
                    + ": no memory is left for it, the largest of all pages "
                      "under way");
  auto kind = code_of(code);
  // What cannot be told apart from a failing proxy is one.
  if (!via_.proxy_url.empty()
      && (kind == errc::connect_failed || kind == errc::timeout
          || kind == errc::dns_failed || kind == errc::proxy_failed))
    return fail(errc::proxy_failed, "fetch " + url_ + " through "
                                        + via_.proxy_url + ": "
                                        + curl_easy_strerror(code));
  return fail(kind, "fetch " + url_ + ": " + curl_easy_strerror(code));
}

/// Credentials are for the origin that they were given for: another host, but
/// also the same one without TLS, must not see them.
void transfer::drop_credentials() {
  auto& headers = request_.headers;
  headers.erase(
      std::remove_if(headers.begin(), headers.end(),
                     [](const http_header& one) { return !is_harmless(one); }),
      headers.end());
}

expected<std::optional<http_response>>
transfer::follow(const std::string& location) {
  if (++redirects_ > options_.limits.max_redirects)
    return fail(errc::http_error,
                "fetch " + request_.url + ": more than "
                    + std::to_string(options_.limits.max_redirects)
                    + " redirects");
  // Longer ones come from nobody who means well, and would be in every text.
  constexpr std::size_t most_address_bytes = 8u << 10;
  auto target = text::resolve_url(url_, location);
  if (!target || target->size() > most_address_bytes)
    return fail(errc::http_error,
                "fetch " + url_ + ": redirected to no address");
  // RFC 9110 15.4: 303, and by custom 301 and 302 after POST, become GET.
  if (response_.status != 307 && response_.status != 308) {
    request_.method = "GET";
    request_.body.clear();
  }
  if (!is_same_origin(*target, url_))
    drop_credentials();
  if (may_follow_ && !may_follow_(*target)) {
    auto answer = finish();
    answer.onward = std::move(request_);
    answer.onward->url = *std::move(target);
    return std::optional{std::move(answer)};
  }
  url_ = *std::move(target);
  return std::optional<http_response>{};
}

http_response transfer::finish() {
  response_.body = body_.take();
  response_.final_url = url_;
  response_.redirects = redirects_;
  response_.elapsed = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - started_);
  return std::move(response_);
}

expected<std::optional<http_response>> transfer::conclude(CURLcode code) {
  if ((code != CURLE_OK && !is_cut_) || body_.is_given_up())
    return failure_of(code);
  long status = 0;
  curl_off_t wire = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(handle, CURLINFO_SIZE_DOWNLOAD_T, &wire);
  response_.status = static_cast<std::int32_t>(status);
  response_.wire_bytes = wire;
  if (status == 407 && !via_.proxy_url.empty())
    return fail(errc::proxy_failed, "fetch " + url_ + " through "
                                        + via_.proxy_url
                                        + ": the proxy wants credentials");
  auto location = std::find_if(
      response_.headers.begin(), response_.headers.end(),
      [](const http_header& one) { return one.name == "location"; });
  if (is_redirect(response_.status) && location != response_.headers.end())
    return follow(location->value);
  return std::optional{finish()};
}

} // namespace jobfarm::fetch
