#include "actors/fetch/curl_client.hpp"

#include "tests/support/paths.hpp"
#include "tests/support/server_process.hpp"

#include <catch2/catch.hpp>

#include <curl/curl.h>

#include <cstdlib>
#include <fstream>
#include <future>
#include <memory>

// OpenSSL's own server, with certificates made for the test. The system's
// configuration may forbid old protocols by itself; here it allows them, so
// that what refuses them is the client.

using namespace jobfarm;
using namespace jobfarm::fetch;
using namespace std::chrono_literals;
using test::free_port;
using test::program;
using test::server_process;

namespace {

constexpr auto lax_configuration = R"(openssl_conf = all
[all]
ssl_conf = protocols
[protocols]
system_default = lax
[lax]
MinProtocol = TLSv1
CipherString = DEFAULT@SECLEVEL=0
)";

/// An authority and what it has signed.
struct certificates {
  certificates() {
    std::ofstream(file("lax.cnf")) << lax_configuration;
    // Read once a process, before the first connection.
    ::setenv("OPENSSL_CONF", file("lax.cnf").c_str(), 1);
    make("authority", {"-addext", "keyUsage=keyCertSign"});
    make("good", signed_for("IP:127.0.0.1"));
    make("other", signed_for("DNS:other.example"));
    make("self", {"-addext", "subjectAltName=IP:127.0.0.1"});
  }

  std::string file(const std::string& name) const {
    return (dir.path() / name).string();
  }

private:
  std::vector<std::string> signed_for(const std::string& name) const {
    return {"-CA",     file("authority.pem"),
            "-CAkey",  file("authority.key"),
            "-addext", "subjectAltName=" + name,
            "-addext", "basicConstraints=critical,CA:FALSE"};
  }

  void make(const std::string& name, const std::vector<std::string>& more) {
    std::vector<std::string> words = {program("openssl"),
                                      "req",
                                      "-x509",
                                      "-newkey",
                                      "rsa:2048",
                                      "-nodes",
                                      "-config",
                                      "/etc/ssl/openssl.cnf",
                                      "-days",
                                      "2",
                                      "-subj",
                                      "/CN=" + name,
                                      "-keyout",
                                      file(name + ".key"),
                                      "-out",
                                      file(name + ".pem")};
    words.insert(words.end(), more.begin(), more.end());
    REQUIRE(test::run(words));
  }

  test::temporary_directory dir;
};

const certificates& papers() {
  static const certificates made;
  return made;
}

/// A server that shows the certificate `name` and speaks `protocol` alone.
struct server : server_process {
  server(const std::string& name, const std::string& protocol)
      : server(name, protocol, free_port()) {
  }
  std::string url() const {
    return "https://127.0.0.1:" + std::to_string(port) + "/";
  }

private:
  server(const std::string& name, const std::string& protocol, std::uint16_t on)
      : server_process({program("openssl"), "s_server", "-quiet", "-www",
                        "-accept", "127.0.0.1:" + std::to_string(on), "-cert",
                        papers().file(name + ".pem"), "-key",
                        papers().file(name + ".key"), "-" + protocol},
                       on) {
  }
};

expected<http_response> get(const http_request& request,
                            const std::string& authorities) {
  http_client_options options;
  options.allowed_hosts = {"127.0.0.1"};
  options.limits.total_timeout = 5s;
  options.authorities_file = authorities;
  auto client = make_curl_client(options);
  std::promise<expected<http_response>> done;
  client->fetch(request,
                [&](auto answer) { done.set_value(std::move(answer)); });
  return done.get_future().get();
}

http_request request_of(std::string url) {
  http_request request;
  request.url = std::move(url);
  return request;
}

std::size_t swallow(char*, std::size_t, std::size_t size, void*) {
  return size;
}

/// What libcurl says when it may speak any protocol with anybody.
CURLcode careless_get(const std::string& url) {
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(
      curl_easy_init(), &curl_easy_cleanup);
  curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, &swallow);
  curl_easy_setopt(handle.get(), CURLOPT_SSL_VERIFYPEER, 0L);
  curl_easy_setopt(handle.get(), CURLOPT_SSL_VERIFYHOST, 0L);
  curl_easy_setopt(handle.get(), CURLOPT_SSLVERSION,
                   static_cast<long>(CURL_SSLVERSION_TLSv1));
  return curl_easy_perform(handle.get());
}

errc refusal_of(const server& by, const std::string& authorities) {
  // It is there and answers whoever asks for less.
  CHECK(careless_get(by.url()) == CURLE_OK);
  auto got = get(request_of(by.url()), authorities);
  REQUIRE_FALSE(got);
  CAPTURE(got.error().detail);
  return got.error().code;
}

} // namespace

TEST_CASE("TLS 1.2 and 1.3 with a known authority are accepted") {
  for (const auto* protocol : {"tls1_2", "tls1_3"}) {
    CAPTURE(protocol);
    server one("good", protocol);
    auto got = get(request_of(one.url()), papers().file("authority.pem"));
    CAPTURE(got ? std::string{} : got.error().detail);
    REQUIRE(got);
    CHECK(got->status == 200);
  }
}

TEST_CASE("less than TLS 1.2 is refused") {
  for (const auto* protocol : {"tls1", "tls1_1"}) {
    CAPTURE(protocol);
    server one("good", protocol);
    CHECK(refusal_of(one, papers().file("authority.pem")) == errc::tls_failed);
  }
}

TEST_CASE("a certificate of nobody known is refused") {
  server own("self", "tls1_2");
  CHECK(refusal_of(own, papers().file("authority.pem")) == errc::tls_failed);
  // Nor does the system know this authority.
  server one("good", "tls1_2");
  CHECK(refusal_of(one, "") == errc::tls_failed);
}

TEST_CASE("a certificate for another host is refused") {
  server one("other", "tls1_2");
  CHECK(refusal_of(one, papers().file("authority.pem")) == errc::tls_failed);
}

TEST_CASE("credentials given for https do not go on to http on that host") {
  // nginx answers both on one port: plain HTTP on a TLS port is its code 497.
  auto port = free_port();
  auto root = papers().file("");
  auto base = "://127.0.0.1:" + std::to_string(port);
  std::ofstream(papers().file("nginx.conf"))
      << "daemon off; master_process off; pid nginx.pid; error_log error.log;\n"
         "events {}\nhttp { access_log off; client_body_temp_path b;\n"
         "proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u;\n"
         "scgi_temp_path s;\nserver { listen 127.0.0.1:"
      << port
      << " ssl;\nssl_certificate good.pem; ssl_certificate_key good.key;\n"
         "location /away { return 307 http"
      << base << "/who; }\nlocation /stay { return 307 https" << base
      << "/who; }\nlocation /who { return 200 'tls $http_authorization'; }\n"
         "error_page 497 =200 @plain;\n"
         "location @plain { return 200 'plain $http_authorization'; } } }\n";
  server_process nginx(
      {program("nginx"), "-p", root, "-c", "nginx.conf", "-e", "error.log"},
      port);
  auto authorities = papers().file("authority.pem");
  http_request request;
  request.headers = {{"Authorization", "Basic secret"}};
  request.url = "https" + base + "/stay";
  auto stayed = get(request, authorities);
  REQUIRE(stayed);
  CHECK(stayed->body == "tls Basic secret");
  request.url = "https" + base + "/away";
  auto gone = get(request, authorities);
  REQUIRE(gone);
  CHECK(gone->body == "plain ");
}
