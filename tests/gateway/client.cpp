#include "tests/gateway/client.hpp"

#include <curl/curl.h>

#include <memory>
#include <stdexcept>

namespace jobfarm::test {

namespace {

std::size_t take(char* bytes, std::size_t, std::size_t size, void* to) {
  static_cast<std::string*>(to)->append(bytes, size);
  return size;
}

} // namespace

std::string answered::header(const std::string& name) const {
  auto at = head.find("\r\n" + name + ": ");
  if (at == head.npos)
    return {};
  auto begin = at + name.size() + 4;
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

answered ask(std::uint16_t port, const std::string& method,
             const std::string& target, const std::vector<std::string>& headers,
             const std::string& body) {
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(
      curl_easy_init(), &curl_easy_cleanup);
  answered got;
  auto* curl = handle.get();
  curl_slist* list = nullptr;
  for (const auto& one : headers)
    list = curl_slist_append(list, one.c_str());
  auto url = "http://127.0.0.1:" + std::to_string(port);
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  // As it is: no part of an address, whatever it begins with.
  curl_easy_setopt(curl, CURLOPT_REQUEST_TARGET, target.c_str());
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method.c_str());
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 60L);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &got.body);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &take);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &got.head);
  if (!body.empty()) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE,
                     static_cast<long>(body.size()));
  }
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
  auto done = curl_easy_perform(curl);
  curl_slist_free_all(list);
  if (done != CURLE_OK)
    throw std::runtime_error(std::string{"ask: "} + curl_easy_strerror(done));
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  got.status = static_cast<int>(status);
  return got;
}

} // namespace jobfarm::test
