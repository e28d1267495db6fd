#include "nodes/http_session.hpp"

#include "actors/text/ascii.hpp"
#include "messages/json_writer.hpp"

#include <array>
#include <random>

namespace jobfarm::nodes {

namespace {

/// What a client that is refused may still send before it is cut off.
constexpr std::size_t most_drained_bytes = 4u << 20;
constexpr auto drain_time = std::chrono::seconds{2};

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

server_request from_wire(http::request<http::string_body>&& in) {
  server_request request;
  request.method = std::string{in.method_string()};
  request.target = std::string{in.target()};
  for (const auto& field : in)
    request.headers.push_back({text::ascii_lower(view(field.name_string())),
                               std::string{field.value()}});
  request.body = std::move(in.body());
  return request;
}

/// RFC 9112 6.1, 3.2: what no honest client sends.
std::optional<std::string_view>
framing_fault(const http::request<http::string_body>& in) {
  if (in.count(http::field::host) != 1)
    return "exactly one Host header is needed";
  if (in.version() < 11 && in.count(http::field::transfer_encoding) != 0)
    return "HTTP/1.0 has no Transfer-Encoding";
  return std::nullopt;
}

std::string random_id() {
  static thread_local std::mt19937_64 random{std::random_device{}()};
  char text[17];
  std::snprintf(text, sizeof text, "%016llx",
                static_cast<unsigned long long>(random()));
  return text;
}

/// What cannot be read as a request has no path: its instance is the server.
std::string problem_text(int status, std::string_view code,
                         std::string_view detail, std::string_view request_id) {
  std::string out;
  json::object_writer problem(out);
  problem.member("type", "/docs/problems/" + std::string{code})
      .member("title", std::string{http::obsolete_reason(http::status(status))})
      .member("status", status)
      .member("detail", detail)
      .member("instance", "/")
      .member("code", code)
      .member("request_id", request_id)
      .member("retryable", status == 503);
  problem.close();
  return out;
}

} // namespace

http_session::http_session(tcp::socket socket, http_world& world)
    : stream_(std::move(socket)),
      world_(world),
      timer_(stream_.get_executor()) {
  error_code ignored;
  auto other = stream_.socket().remote_endpoint(ignored);
  peer_ = other.address().to_string(ignored);
}

void http_session::read() {
  parser_.emplace();
  const auto& options = world_.options;
  parser_->header_limit(static_cast<std::uint32_t>(options.max_header_bytes));
  parser_->body_limit(options.max_body_bytes);
  stream_.expires_after(options.patience);
  http::async_read_header(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](error_code error, std::size_t) {
        self->on_header(error);
      });
}

void http_session::turn_away() {
  refuse(503, "rate_limited", "too many connections; try again later");
}

/// Takes care of errors while reading. True if the request is over.
bool http_session::is_gone(error_code error) {
  if (!error)
    return false;
  if (error == http::error::body_limit)
    refuse(413, "too_large", "the body is larger than this server takes");
  else if (error == http::error::header_limit)
    refuse(431, "too_large", "the header is larger than this server takes");
  else if (error == http::error::end_of_stream
           || error == http::error::partial_message
           || error == beast::error::timeout
           || error.category() == asio::error::get_system_category())
    close();
  else
    refuse(400, "invalid_input", "this is no well-formed HTTP/1.1 request");
  return true;
}

void http_session::on_header(error_code error) {
  if (is_gone(error))
    return;
  const auto& in = parser_->get();
  is_head_ = in.method() == http::verb::head;
  is_old_ = in.version() < 11;
  keep_alive_ = in.keep_alive();
  if (auto fault = framing_fault(in))
    return refuse(400, "invalid_input", *fault);
  if (in.target().size() > world_.options.max_target_bytes)
    return refuse(414, "too_large", "the address is too long");
  if (parser_->is_done())
    return hand_over();
  if (!beast::iequals(in[http::field::expect], "100-continue"))
    return read_body();
  write("HTTP/1.1 100 Continue\r\n\r\n", "",
        [this](error_code failed) { failed ? close() : read_body(); });
}

void http_session::read_body() {
  stream_.expires_after(world_.options.patience);
  http::async_read(stream_, buffer_, *parser_,
                   [self = shared_from_this()](error_code error, std::size_t) {
                     self->on_request(error);
                   });
}

void http_session::on_request(error_code error) {
  if (!is_gone(error))
    hand_over();
}

void http_session::hand_over() {
  auto request = from_wire(parser_->release());
  request.peer = peer_;
  if (world_.answer_now)
    return send(world_.answer_now(request));
  stream_.expires_never();
  is_waiting_ = true;
  world_.defer(std::move(request),
               responder(std::make_shared<responder::target>(
                   world_.gate, weak_from_this(), ++request_)));
}

void http_session::answer(std::uint64_t request, server_response response) {
  if (request == request_ && std::exchange(is_waiting_, false))
    send(std::move(response));
}

void http_session::refuse(int status, std::string_view code,
                          std::string_view detail) {
  keep_alive_ = false;
  server_response response;
  response.status = status;
  auto id = random_id();
  response.headers = {{"Content-Type", "application/problem+json"},
                      {"X-Request-Id", id}};
  response.body = problem_text(status, code, detail, id);
  send(std::move(response));
}

void http_session::send(server_response response) {
  if (response.delay.count() > 0) {
    stream_.expires_never();
    timer_.expires_after(std::exchange(response.delay, {}));
    timer_.async_wait([self = shared_from_this(),
                       response = std::move(response)](error_code) mutable {
      self->send(std::move(response));
    });
    return;
  }
  if (response.reset)
    return reset();
  out_.emplace(static_cast<http::status>(response.status), is_old_ ? 10 : 11);
  for (const auto& one : response.headers)
    out_->insert(one.name, one.value);
  on_sent_ = std::move(response.on_sent);
  stream_.expires_after(world_.options.patience);
  auto size = response.body.size();
  if (response.stream) {
    source_ = std::move(response.stream);
    send_stream();
  } else if (response.cut_after < size) {
    response.body.resize(response.cut_after);
    send_cut(std::move(response.body), size);
  } else {
    send_whole(std::move(response.body));
  }
}

/// What is sent before the body.
std::string http_session::head() const {
  auto text = std::string{is_old_ ? "HTTP/1.0 " : "HTTP/1.1 "}
              + std::to_string(out_->result_int()) + ' '
              + std::string{out_->reason()} + "\r\n";
  for (const auto& field : *out_)
    text += std::string{field.name_string()} + ": " + std::string{field.value()}
            + "\r\n";
  return text + "\r\n";
}

/// Every answer goes through here: Beast's own writers would be compiled for
/// each kind of body.
void http_session::write(std::string head, std::string body,
                         std::function<void(error_code)> then) {
  head_ = std::move(head);
  text_ = std::move(body);
  std::array<asio::const_buffer, 2> both{asio::buffer(head_),
                                         asio::buffer(text_)};
  asio::async_write(stream_, both,
                    [self = shared_from_this(), then = std::move(then)](
                        error_code error, std::size_t) { then(error); });
}

void http_session::send_whole(std::string body) {
  out_->keep_alive(keep_alive_);
  auto status = out_->result_int();
  if (status >= 200 && status != 204 && status != 304)
    out_->content_length(body.size());
  write(head(), is_head_ ? std::string{} : std::move(body),
        [this](error_code error) { on_written(error); });
}

/// A body that is shorter than announced.
void http_session::send_cut(std::string body, std::size_t size) {
  out_->content_length(size);
  out_->set(http::field::connection, "close");
  write(head(), std::move(body), [this](error_code) { close(); });
}

/// RFC 9112 7.1: in chunks; a client of HTTP/1.0 reads to the end.
void http_session::send_stream() {
  keep_alive_ = keep_alive_ && !is_old_;
  out_->keep_alive(keep_alive_);
  out_->chunked(!is_old_);
  if (is_head_)
    source_ = nullptr;
  write(head(), "", [this](error_code error) {
    if (error || !source_)
      on_written(error);
    else
      next_part();
  });
}

void http_session::next_part() {
  stream_.expires_never();
  // The part may come from another thread, and after the session has ended.
  source_([gate = world_.gate, weak = weak_from_this()](body_part part) {
    gate->post([weak, part = std::move(part)]() mutable {
      if (auto self = weak.lock())
        self->on_part(std::move(part));
    });
  });
}

void http_session::on_part(body_part part) {
  if (!source_)
    return;
  if (part.what == body_part::kind::broken)
    return reset();
  if (part.what == body_part::kind::last)
    source_ = nullptr;
  if (part.bytes.empty() && source_)
    return next_part();
  send_part(std::move(part));
}

void http_session::send_part(body_part part) {
  auto text = std::move(part.bytes);
  if (!is_old_) {
    char size[20];
    std::snprintf(size, sizeof size, "%zx\r\n", text.size());
    text = text.empty() ? "" : size + text + "\r\n";
    if (!source_)
      text += "0\r\n\r\n";
  }
  stream_.expires_after(world_.options.patience);
  write("", std::move(text), [this](error_code error) {
    if (error || !source_)
      on_written(error);
    else
      next_part();
  });
}

void http_session::on_written(error_code error) {
  if (error)
    return close();
  if (auto sent = std::exchange(on_sent_, nullptr))
    sent();
  if (keep_alive_)
    read();
  else
    linger();
}

/// RFC 9112 9.6: closing at once while the client still sends would reset the
/// connection, and the answer may be lost.
void http_session::linger() {
  error_code ignored;
  stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  buffer_.clear();
  text_.assign(16u << 10, '\0');
  stream_.expires_after(drain_time);
  drain(most_drained_bytes);
}

void http_session::drain(std::size_t most) {
  stream_.async_read_some(
      asio::buffer(text_),
      [self = shared_from_this(), most](error_code error, std::size_t got) {
        error || got >= most ? self->close() : self->drain(most - got);
      });
}

void http_session::close() {
  error_code ignored;
  source_ = nullptr;
  stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  stream_.close();
  world_.sessions.erase(shared_from_this());
}

void http_session::reset() {
  error_code ignored;
  stream_.socket().set_option(asio::socket_base::linger(true, 0), ignored);
  close();
}

} // namespace jobfarm::nodes
