#pragma once

#include "actors/fetch/growing_body.hpp"
#include "actors/fetch/http_client.hpp"

#include <curl/curl.h>

#include <optional>
#include <string>

namespace jobfarm::fetch {

/// One page on its way, over all its redirects. Lives on the client's thread.
class transfer {
public:
  transfer(const http_client_options& options, body_budget& budget,
           http_order order, http_done when_done);
  ~transfer();
  transfer(const transfer&) = delete;
  transfer& operator=(const transfer&) = delete;

  /// Sets `with` up for the next hop, tagged with `id`. A problem (scheme,
  /// address, what libcurl does not take) ends the transfer.
  std::optional<failure> prepare(CURL* with, std::uint64_t id);

  /// The failure of a hop that libcurl does not begin.
  failure not_begun(const char* why) const;

  /// Reads a hop's end: the answer, a failure, or nothing if a redirect is to
  /// be followed.
  expected<std::optional<http_response>> conclude(CURLcode code);

  http_done done;
  CURL* handle = nullptr;
  /// Cookies of the session; null for none.
  CURLSH* jar = nullptr;

private:
  static std::size_t on_body(char* bytes, std::size_t, std::size_t size,
                             void* self);
  static std::size_t on_header(char* bytes, std::size_t, std::size_t size,
                               void* self);
  static curl_socket_t on_socket(void* self, curlsocktype,
                                 curl_sockaddr* address);

  template <class Value>
  void set(CURLoption option, Value value);
  void set_headers();
  void make_room();
  void set_request(std::uint64_t id);
  void set_limits();
  void set_transport();
  bool is_allowed() const;
  failure failure_of(CURLcode code) const;
  void drop_credentials();
  expected<std::optional<http_response>> follow(const std::string& location);
  http_response finish();

  const http_client_options& options_;
  http_request request_;
  transport via_;
  std::optional<std::size_t> first_bytes_;
  std::string url_;
  std::string host_;
  curl_slist* header_list_ = nullptr;
  /// The first thing that libcurl did not take.
  CURLcode refused_ = CURLE_OK;
  http_response response_;
  growing_body body_;
  /// Of all hops together.
  std::size_t header_bytes_ = 0;
  int redirects_;
  std::function<bool(const std::string&)> may_follow_;
  std::chrono::steady_clock::time_point started_ =
      std::chrono::steady_clock::now();
  /// What was too large; empty if nothing.
  std::string too_large_;
  /// The body of this hop was cut where it was meant to be.
  bool is_cut_ = false;
  std::string blocked_;
};

} // namespace jobfarm::fetch
