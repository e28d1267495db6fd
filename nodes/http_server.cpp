#include "nodes/http_server.hpp"

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <optional>
#include <thread>

namespace jobfarm::nodes {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using boost::system::error_code;

using wire_request = http::request<http::string_body>;
using wire_response = http::response<http::string_body>;

std::string lower(std::string_view text) {
  std::string out{text};
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c + 32);
  return out;
}

server_request from_wire(wire_request&& in) {
  server_request request;
  request.method = std::string{in.method_string()};
  request.target = std::string{in.target()};
  for (const auto& field : in)
    request.headers.push_back(
        {lower({field.name_string().data(), field.name_string().size()}),
         std::string{field.value()}});
  request.body = std::move(in.body());
  return request;
}

/// One connection: reads a request, answers it, reads the next.
class session : public std::enable_shared_from_this<session> {
public:
  session(tcp::socket socket, const http_server_options& options,
          const request_handler& handler)
      : stream_(std::move(socket)),
        timer_(stream_.get_executor()),
        options_(options),
        handler_(handler) {
  }

  void read() {
    parser_.emplace();
    parser_->header_limit(
        static_cast<std::uint32_t>(options_.max_header_bytes));
    parser_->body_limit(options_.max_body_bytes);
    stream_.expires_after(options_.patience);
    http::async_read(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](error_code error, std::size_t) {
          self->on_read(error);
        });
  }

private:
  void on_read(error_code error) {
    auto is_gone = error == http::error::end_of_stream
                   || error == beast::error::timeout
                   || error.category() == asio::error::get_system_category();
    if (error && is_gone) {
      close();
      return;
    }
    if (error) {
      refuse(400);
      return;
    }
    keep_alive_ = parser_->get().keep_alive();
    if (parser_->get().count(http::field::host) != 1) {
      refuse(400);
      return;
    }
    auto response = handler_(from_wire(parser_->release()));
    if (response.delay.count() == 0) {
      answer(std::move(response));
      return;
    }
    stream_.expires_never();
    timer_.expires_after(response.delay);
    timer_.async_wait([self = shared_from_this(),
                       response = std::move(response)](error_code) mutable {
      self->answer(std::move(response));
    });
  }

  void refuse(int status) {
    keep_alive_ = false;
    server_response response;
    response.status = status;
    response.body = "bad request\n";
    answer(std::move(response));
  }

  void answer(server_response response) {
    if (response.reset) {
      error_code ignored;
      stream_.socket().set_option(asio::socket_base::linger(true, 0), ignored);
      stream_.socket().close(ignored);
      return;
    }
    out_.emplace(static_cast<http::status>(response.status), 11);
    for (const auto& one : response.headers)
      out_->set(one.name, one.value);
    auto is_cut = response.cut_after < response.body.size();
    auto size = response.body.size();
    if (is_cut)
      response.body.resize(response.cut_after);
    out_->keep_alive(keep_alive_ && !is_cut);
    out_->body() = std::move(response.body);
    out_->content_length(size);
    on_sent_ = std::move(response.on_sent);
    stream_.expires_after(options_.patience);
    if (is_cut)
      write_cut();
    else
      http::async_write(
          stream_, *out_,
          [self = shared_from_this()](error_code error, std::size_t) {
            self->on_written(error);
          });
  }

  /// Beast would not send a body that is shorter than announced.
  void write_cut() {
    cut_text_ = "HTTP/1.1 " + std::to_string(out_->result_int()) + " OK\r\n";
    for (const auto& field : *out_)
      cut_text_ += std::string{field.name_string()} + ": "
                   + std::string{field.value()} + "\r\n";
    cut_text_ += "\r\n" + out_->body();
    asio::async_write(stream_, asio::buffer(cut_text_),
                      [self = shared_from_this()](error_code, std::size_t) {
                        self->close();
                      });
  }

  void on_written(error_code error) {
    if (error) {
      close();
      return;
    }
    if (auto sent = std::exchange(on_sent_, nullptr))
      sent();
    if (keep_alive_)
      read();
    else
      close();
  }

  void close() {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.close();
  }

  beast::tcp_stream stream_;
  asio::steady_timer timer_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<wire_response> out_;
  std::string cut_text_;
  std::function<void()> on_sent_;
  bool keep_alive_ = true;
  const http_server_options& options_;
  const request_handler& handler_;
};

} // namespace

std::string_view server_request::header(std::string_view name) const {
  auto found =
      std::find_if(headers.begin(), headers.end(),
                   [&](const http_header& one) { return one.name == name; });
  return found == headers.end() ? std::string_view{} : found->value;
}

struct http_server::implementation {
  implementation(http_server_options given, request_handler answer)
      : options(std::move(given)), handler(std::move(answer)) {
  }
  ~implementation() {
    context.stop();
    if (thread.joinable())
      thread.join();
  }

  void accept() {
    acceptor.async_accept([this](error_code error, tcp::socket socket) {
      if (!acceptor.is_open())
        return;
      if (!error) {
        socket.set_option(tcp::no_delay(true), error);
        std::make_shared<session>(std::move(socket), options, handler)->read();
      }
      accept();
    });
  }

  http_server_options options;
  request_handler handler;
  asio::io_context context{1};
  tcp::acceptor acceptor{context};
  std::thread thread;
};

http_server::http_server(std::unique_ptr<implementation> running)
    : running_(std::move(running)) {
}

http_server::~http_server() = default;

expected<std::unique_ptr<http_server>>
http_server::start(http_server_options options, request_handler handler) {
  auto running =
      std::make_unique<implementation>(std::move(options), std::move(handler));
  auto& acceptor = running->acceptor;
  error_code error;
  auto address = asio::ip::make_address(running->options.address, error);
  tcp::endpoint endpoint(address, running->options.port);
  if (!error)
    acceptor.open(endpoint.protocol(), error);
  if (!error)
    acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error)
    acceptor.bind(endpoint, error);
  if (!error)
    acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error)
    return fail(errc::invalid_input,
                "listen on " + running->options.address + ':'
                    + std::to_string(running->options.port) + ": "
                    + error.message()
                    + "; choose another port, or 0 for a free one");
  running->accept();
  auto* context = &running->context;
  running->thread = std::thread([context] { context->run(); });
  return std::unique_ptr<http_server>(new http_server(std::move(running)));
}

std::uint16_t http_server::port() const noexcept {
  error_code ignored;
  return running_->acceptor.local_endpoint(ignored).port();
}

} // namespace jobfarm::nodes
