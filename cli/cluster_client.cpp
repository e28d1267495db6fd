#include "cli/cluster_client.hpp"

#include "cli/console.hpp"
#include "cli/option_checks.hpp"
#include "cli/places.hpp"

#include <curl/curl.h>
#include <nlohmann/json.hpp>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <memory>

namespace jobfarm::cli {

namespace {

using handle_ptr = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using list_ptr = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

constexpr long connect_seconds = 5;
constexpr long call_seconds = 60;
constexpr std::size_t most_error_bytes = 64u << 10;

/// One request and what becomes of its answer.
struct exchange {
  CURL* curl = nullptr;
  const std::function<bool(std::string_view)>* take = nullptr;
  std::string problem;
  bool is_stopped = false;
};

std::size_t on_bytes(char* bytes, std::size_t, std::size_t size, void* to) {
  auto& ours = *static_cast<exchange*>(to);
  long status = 0;
  curl_easy_getinfo(ours.curl, CURLINFO_RESPONSE_CODE, &status);
  if (status >= 400) {
    if (ours.problem.size() < most_error_bytes)
      ours.problem.append(bytes, size);
    return size;
  }
  ours.is_stopped = !(*ours.take)({bytes, size});
  return ours.is_stopped ? 0 : size;
}

errc code_of(CURLcode code) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return errc::timeout;
    case CURLE_COULDNT_RESOLVE_HOST: return errc::dns_failed;
    default: return errc::connect_failed;
  }
}

/// What a refusal says, in the words of its problem document.
failure refusal_of(long status, const std::string& body) {
  auto problem = nlohmann::json::parse(body, nullptr, false);
  failure why;
  why.status = static_cast<std::int32_t>(status);
  why.code = status == 401 || status == 403 ? errc::auth_failed
             : status >= 502                ? errc::node_lost
                                            : errc::http_error;
  why.detail = "the server answers " + std::to_string(status);
  if (!problem.is_object())
    return why;
  auto detail = problem.find("detail");
  if (detail != problem.end() && detail->is_string())
    why.detail = *detail;
  auto code = problem.find("code");
  if (why.code == errc::http_error && code != problem.end()
      && code->is_string())
    why.code =
        from_string<errc>(code->get<std::string>()).value_or(errc::http_error);
  auto faults = problem.find("errors");
  if (faults != problem.end() && faults->is_array())
    for (const auto& one : *faults)
      why.detail +=
          "; " + one.value("pointer", "") + ' ' + one.value("detail", "");
  return why;
}

/// The first line of a token file. Warns if others may read it.
expected<std::string> read_token(const std::string& file) {
  std::ifstream in(file);
  std::string token;
  if (!std::getline(in, token) || token.empty())
    return fail(errc::invalid_input, "cannot read a token from " + file
                                         + "; set --token-file or "
                                           "JOBFARM_TOKEN_FILE");
  struct stat status {};
  if (::stat(file.c_str(), &status) == 0 && (status.st_mode & 077) != 0)
    complain("warning: others may read " + file + "; chmod 600 it");
  if (token.find_first_of(" \t\r\n") != token.npos)
    return fail(errc::invalid_input, file + " holds more than a token");
  return token;
}

} // namespace

std::string own_token_file(const settings& given) {
  return data_dir(given) + "/admin-token";
}

expected<cluster_client> cluster_client::of(const settings& given) {
  cluster_client client;
  client.server_ = given.text("server");
  while (!client.server_.empty() && client.server_.back() == '/')
    client.server_.pop_back();
  auto file = given.text("token-file");
  if (file.empty()) {
    file = own_token_file(given);
    if (std::error_code ignored; !std::filesystem::exists(file, ignored))
      return client;
  }
  auto token = read_token(file);
  if (!token)
    return token.error();
  client.token_ = *std::move(token);
  return client;
}

struct cluster_client::order {
  std::string method = "GET";
  std::string path;
  std::string accept = "application/json";
  const std::string* body = nullptr;
  /// Ends when nothing comes for so long, instead of after so long.
  bool is_stream = false;
};

expected<void> cluster_client::perform(
    const order& wanted,
    const std::function<bool(std::string_view)>& take) const {
  handle_ptr handle(curl_easy_init(), &curl_easy_cleanup);
  auto* curl = handle.get();
  exchange ours{curl, &take, {}, false};
  list_ptr headers(
      curl_slist_append(nullptr, ("Accept: " + wanted.accept).c_str()),
      &curl_slist_free_all);
  if (!token_.empty())
    curl_slist_append(headers.get(),
                      ("Authorization: Bearer " + token_).c_str());
  curl_easy_setopt(curl, CURLOPT_URL, (server_ + wanted.path).c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, wanted.method.c_str());
  if (wanted.body) {
    curl_slist_append(headers.get(), "Content-Type: application/json");
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, wanted.body->data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(wanted.body->size()));
  }
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, connect_seconds);
  if (wanted.is_stream) {
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, call_seconds);
  } else {
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, call_seconds);
  }
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &on_bytes);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &ours);
  auto done = curl_easy_perform(curl);
  if (ours.is_stopped)
    return {};
  if (done != CURLE_OK)
    return fail(code_of(done), "cannot reach " + server_ + ": "
                                   + curl_easy_strerror(done)
                                   + "; is a node running there?");
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if (status >= 400)
    return refusal_of(status, ours.problem);
  return {};
}

expected<void> cluster_client::stream(
    const std::string& path, const std::string& accept,
    const std::function<bool(std::string_view)>& take) const {
  order wanted;
  wanted.path = path;
  wanted.accept = accept;
  wanted.is_stream = true;
  return perform(wanted, take);
}

expected<std::string> cluster_client::call(const std::string& method,
                                           const std::string& path,
                                           const std::string& body) const {
  order wanted;
  wanted.method = method;
  wanted.path = path;
  if (method == "POST")
    wanted.body = &body;
  std::string answer;
  auto done = perform(wanted, [&](std::string_view some) {
    answer += some;
    return true;
  });
  if (!done)
    return done.error();
  return answer;
}

std::vector<option> with_cluster_options(std::vector<option> own) {
  own.push_back({"server", value_kind::text, "URL", "the cluster's gateway",
                 "http://127.0.0.1:8470", false, web_address});
  own.push_back({"token-file", value_kind::file, "FILE",
                 "what lets you in (default: admin-token in the data "
                 "directory)"});
  return own;
}

int complain_of_cluster(const failure& why) {
  auto code = complain(why);
  switch (why.code) {
    case errc::connect_failed:
    case errc::dns_failed:
    case errc::tls_failed:
    case errc::timeout:
    case errc::node_lost: return exit_unreachable;
    case errc::auth_failed: return exit_forbidden;
    default: return code;
  }
}

} // namespace jobfarm::cli
