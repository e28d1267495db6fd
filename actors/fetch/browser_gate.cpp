#include "actors/fetch/browser_gate.hpp"

#include "actors/fetch/address_guard.hpp"
#include "actors/fetch/socks_server.hpp"
#include "actors/fetch/transfer_rules.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace jobfarm::fetch {

namespace {

constexpr std::size_t most_carriers = 64;
/// A page may ask for more hosts than anybody wants to remember.
constexpr std::size_t most_remembered = 1000;
/// How soon a waiting thread notices that the gate has closed.
constexpr int notice_ms = 100;

/// Where Chromium 150 prepares its start page and search. Google's jobs are
/// there too, and nobody else's.
constexpr std::string_view googles_pages = "www.google.com";

bool is_googles(std::string_view host) {
  constexpr std::string_view domain = "google.com";
  if (host.size() < domain.size()
      || host.substr(host.size() - domain.size()) != domain)
    return false;
  return host.size() == domain.size()
         || host[host.size() - domain.size() - 1] == '.';
}

/// What Chromium asks for on its own account (updates, sign-in, hints, the
/// start page of Debian's search engine), whatever its switches say. Seen with
/// versions 150 and 156; no page that shows jobs is served from there.
bool is_browsers_own(const std::string& host) {
  constexpr std::string_view own[] = {"accounts.google.com",
                                      "android.clients.google.com",
                                      "clients1.google.com",
                                      "clients2.google.com",
                                      "clients2.googleusercontent.com",
                                      "clients3.google.com",
                                      "clients4.google.com",
                                      "clients6.google.com",
                                      "clientservices.googleapis.com",
                                      "content-autofill.googleapis.com",
                                      "edgedl.me.gvt1.com",
                                      "mtalk.google.com",
                                      "optimizationguide-pa.googleapis.com",
                                      "redirector.gvt1.com",
                                      "safebrowsing.googleapis.com",
                                      "safebrowsingohttpgateway.googleapis.com",
                                      "start.duckduckgo.com",
                                      "update.googleapis.com"};
  return std::find(std::begin(own), std::end(own), host) != std::end(own);
}

errc code_of(CURLcode code, bool by_proxy) {
  if (by_proxy)
    return errc::proxy_failed;
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return errc::dns_failed;
    case CURLE_OPERATION_TIMEDOUT: return errc::timeout;
    default: return errc::connect_failed;
  }
}

} // namespace

/// One connection of the browser, from greeting to end, on its own thread.
class browser_gate::passage {
public:
  passage(browser_gate& gate, int fd) : gate_(gate), fd_(fd) {
    era_ = gate_.era_;
  }

  ~passage() {
    if (curl_)
      curl_easy_cleanup(curl_);
    ::close(fd_);
  }

  void run() {
    auto target = accept_socks(fd_);
    if (!target)
      return;
    host_ = std::move(target->host);
    port_ = target->port;
    auto way = connect();
    answer_socks(fd_, way);
    if (way == socks_reply::granted)
      carry();
  }

private:
  bool is_over() const {
    return gate_.stopping_ || gate_.era_ != era_ || gate_.is_spent();
  }

  bool is_allowed() const {
    const auto& allowed = gate_.options_.allowed_hosts;
    return std::find(allowed.begin(), allowed.end(), host_) != allowed.end();
  }

  socks_reply connect() {
    if (is_over() || era_ % 2 == 0 || is_browsers_own(host_))
      return socks_reply::forbidden;
    if (host_ == googles_pages && !gate_.is_googles_) {
      // A page may lead there: then that is to be asked for.
      refuse(errc::blocked_address, "only Google's own pages may load from it");
      return socks_reply::forbidden;
    }
    // A proxy would take a name without a dot for one of its own network.
    auto is_inside = is_blocked_host(host_)
                     || (!gate_.options_.proxy_url.empty()
                         && host_.find_first_of(".:") == host_.npos);
    if (is_inside && !is_allowed()) {
      refuse(errc::blocked_address, "the address is private");
      return socks_reply::forbidden;
    }
    gate_.note(host_);
    set_up();
    auto code = unset_ == CURLE_OK ? curl_easy_perform(curl_) : unset_;
    if (code == CURLE_OK)
      return socks_reply::granted;
    if (!blocked_.empty()) {
      refuse(errc::blocked_address,
             "it resolves to the private address " + blocked_);
      return socks_reply::forbidden;
    }
    if (!is_over())
      refuse(code_of(code, !gate_.options_.proxy_url.empty()),
             curl_easy_strerror(code));
    return socks_reply::unreachable;
  }

  /// What is not set (the proxy, the look at the address) must not be missed.
  template <class Value>
  void set(CURLoption option, Value value) {
    auto code = curl_easy_setopt(curl_, option, value);
    if (unset_ == CURLE_OK)
      unset_ = code;
  }

  void set_up() {
    curl_ = curl_easy_init();
    auto is_ipv6 = host_.find(':') != host_.npos;
    auto url = "http://" + (is_ipv6 ? '[' + host_ + ']' : host_) + ':'
               + std::to_string(port_);
    const auto& options = gate_.options_;
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_CONNECT_ONLY, 1L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS,
        static_cast<long>(options.connect_timeout.count()));
    // Empty, not unset: a proxy of the environment is nobody's decision.
    set(CURLOPT_PROXY, resolving_proxy(options.proxy_url).c_str());
    set(CURLOPT_NOPROXY, "");
    set(CURLOPT_HTTPPROXYTUNNEL, 1L);
    if (!options.proxy_user.empty()) {
      set(CURLOPT_PROXYUSERNAME, options.proxy_user.c_str());
      set(CURLOPT_PROXYPASSWORD, options.proxy_password.c_str());
    }
    set(CURLOPT_OPENSOCKETFUNCTION, &passage::on_socket);
    set(CURLOPT_OPENSOCKETDATA, this);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &passage::on_progress);
    set(CURLOPT_XFERINFODATA, this);
  }

  /// The last word on an address: what the name resolved to, this time.
  /// Through a proxy it is the proxy's, which the operator chose.
  static curl_socket_t on_socket(void* self, curlsocktype,
                                 curl_sockaddr* address) {
    auto& one = *static_cast<passage*>(self);
    if (one.gate_.options_.proxy_url.empty()
        && is_blocked_address(address->addr) && !one.is_allowed()) {
      one.blocked_ = numeric_address(address->addr);
      return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC,
                    address->protocol);
  }

  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t,
                         curl_off_t) {
    return static_cast<passage*>(self)->is_over() ? 1 : 0;
  }

  void refuse(errc code, const std::string& why) {
    gate_.refuse(host_, fail(code, "load from " + host_ + ": " + why));
  }

  void carry() {
    curl_socket_t out = CURL_SOCKET_BAD;
    curl_easy_getinfo(curl_, CURLINFO_ACTIVESOCKET, &out);
    while (out != CURL_SOCKET_BAD && !is_over()) {
      pollfd both[] = {{fd_, POLLIN, 0}, {out, POLLIN, 0}};
      if (::poll(both, 2, notice_ms) < 0)
        return;
      if (both[0].revents != 0 && !carry_out(out))
        return;
      if (both[1].revents != 0 && !carry_in())
        return;
    }
  }

  bool carry_out(curl_socket_t out) {
    auto got = ::recv(fd_, buffer_.data(), buffer_.size(), 0);
    if (got <= 0)
      return false;
    std::size_t done = 0;
    auto size = static_cast<std::size_t>(got);
    while (done < size && !is_over()) {
      std::size_t sent = 0;
      auto code =
          curl_easy_send(curl_, buffer_.data() + done, size - done, &sent);
      done += sent;
      if (code == CURLE_AGAIN)
        is_ready(out, POLLOUT, notice_ms);
      else if (code != CURLE_OK)
        return false;
    }
    return done == size;
  }

  bool carry_in() {
    std::size_t got = 0;
    auto code = curl_easy_recv(curl_, buffer_.data(), buffer_.size(), &got);
    if (code == CURLE_AGAIN)
      return true;
    if (code != CURLE_OK || got == 0)
      return false;
    gate_.moved_ += got;
    return send_all(fd_, buffer_.data(), got);
  }

  browser_gate& gate_;
  int fd_;
  std::uint64_t era_;
  CURL* curl_ = nullptr;
  /// The first thing that libcurl did not take.
  CURLcode unset_ = CURLE_OK;
  std::string host_;
  std::uint16_t port_ = 0;
  std::string blocked_;
  std::array<char, 32u << 10> buffer_{};
};

browser_gate::browser_gate(gate_options options)
    : options_(std::move(options)) {
}

expected<std::unique_ptr<browser_gate>>
browser_gate::start(gate_options options) {
  auto made =
      std::unique_ptr<browser_gate>(new browser_gate(std::move(options)));
  made->listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof at;
  auto* address = reinterpret_cast<sockaddr*>(&at);
  if (made->listener_ < 0 || ::bind(made->listener_, address, size) != 0
      || ::listen(made->listener_, most_carriers) != 0
      || ::getsockname(made->listener_, address, &size) != 0)
    return fail(errc::internal, "start a browser: no free port on loopback");
  made->port_ = ntohs(at.sin_port);
  made->thread_ = std::thread([gate = made.get()] { gate->listen(); });
  return made;
}

browser_gate::~browser_gate() {
  stopping_ = true;
  if (thread_.joinable())
    thread_.join();
  reap(true);
  if (listener_ >= 0)
    ::close(listener_);
}

void browser_gate::open(std::string_view page_host) {
  std::lock_guard lock(mutex_);
  is_googles_ = is_googles(page_host);
  refusals_.clear();
  hosts_.clear();
  moved_ = 0;
  era_ += era_ % 2 == 0 ? 1 : 2;
}

void browser_gate::close() {
  era_ += era_ % 2;
}

std::optional<failure> browser_gate::refusal(const std::string& host) const {
  std::lock_guard lock(mutex_);
  auto found = refusals_.find(host);
  if (found == refusals_.end())
    return std::nullopt;
  return found->second;
}

std::set<std::string> browser_gate::hosts() const {
  std::lock_guard lock(mutex_);
  return hosts_;
}

void browser_gate::note(const std::string& host) {
  std::lock_guard lock(mutex_);
  if (hosts_.size() < most_remembered)
    hosts_.insert(host);
}

void browser_gate::refuse(const std::string& host, failure why) {
  std::lock_guard lock(mutex_);
  if (refusals_.size() < most_remembered)
    refusals_.emplace(host, std::move(why));
}

void browser_gate::listen() {
  while (!stopping_) {
    reap(false);
    if (!is_ready(listener_, POLLIN, notice_ms))
      continue;
    auto fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0)
      continue;
    // A browser that reads nothing must not hold a thread for ever.
    timeval patience{10, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (carriers_.size() >= most_carriers) {
      ::close(fd);
      continue;
    }
    auto& one = carriers_.emplace_back();
    one.thread = std::thread([this, fd, &one] {
      passage(*this, fd).run();
      one.has_ended = true;
    });
  }
}

void browser_gate::reap(bool all) {
  for (auto at = carriers_.begin(); at != carriers_.end();) {
    if (!all && !at->has_ended) {
      ++at;
      continue;
    }
    at->thread.join();
    at = carriers_.erase(at);
  }
}

} // namespace jobfarm::fetch
