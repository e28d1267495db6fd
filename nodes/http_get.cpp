#include "nodes/http_get.hpp"

#include <curl/curl.h>

#include <memory>

namespace jobfarm::nodes {

namespace {

struct sink {
  std::string body;
  std::size_t most;
};

std::size_t take(char* bytes, std::size_t, std::size_t size, void* to) {
  auto& into = *static_cast<sink*>(to);
  if (into.body.size() + size > into.most)
    return 0;
  into.body.append(bytes, size);
  return size;
}

errc code_of(CURLcode code) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return errc::timeout;
    case CURLE_WRITE_ERROR: return errc::too_large;
    case CURLE_COULDNT_RESOLVE_HOST: return errc::dns_failed;
    default: return errc::connect_failed;
  }
}

} // namespace

expected<std::string> http_get(const std::string& url, std::size_t most_bytes) {
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(
      curl_easy_init(), &curl_easy_cleanup);
  sink into{{}, most_bytes};
  auto* curl = handle.get();
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 10L);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &into);
  auto done = curl_easy_perform(curl);
  if (done != CURLE_OK)
    return fail(code_of(done), "get " + url + ": " + curl_easy_strerror(done)
                                   + "; is it running there?");
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if (status != 200)
    return failure{errc::http_error,
                   "get " + url + ": status " + std::to_string(status),
                   static_cast<std::int32_t>(status), std::nullopt};
  return std::move(into.body);
}

} // namespace jobfarm::nodes
