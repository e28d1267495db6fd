#pragma once

#include "nodes/http_server.hpp"

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <unordered_set>

/// The inside of the HTTP server; for http_server.cpp and http_session.cpp.
namespace jobfarm::nodes {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using boost::system::error_code;

class http_session;

/// Lets other threads in as long as the server runs.
struct http_gate {
  std::mutex mutex;
  asio::io_context* context = nullptr;

  /// Runs `work` on the server's thread, or never if the server has ended.
  template <class Work>
  void post(Work work) {
    std::lock_guard lock(mutex);
    if (context)
      asio::post(*context, std::move(work));
  }
};

/// Where the answer to one request goes.
class responder::target {
public:
  target(std::shared_ptr<http_gate> gate, std::weak_ptr<http_session> session,
         std::uint64_t request);
  ~target();
  target(const target&) = delete;
  target& operator=(const target&) = delete;

  void answer(server_response response);

private:
  void post(server_response response);

  std::shared_ptr<http_gate> gate_;
  std::weak_ptr<http_session> session_;
  std::uint64_t request_;
  std::atomic_flag is_answered_ = ATOMIC_FLAG_INIT;
};

/// What all sessions of a server share. Lives on the server's thread.
struct http_world {
  http_server_options options;
  request_handler answer_now;
  deferring_handler defer;
  std::shared_ptr<http_gate> gate = std::make_shared<http_gate>();
  std::unordered_set<std::shared_ptr<http_session>> sessions;
};

/// One connection: reads a request, has it answered, reads the next.
class http_session : public std::enable_shared_from_this<http_session> {
public:
  http_session(tcp::socket socket, http_world& world);

  void read();
  /// Answers 503 and closes: there are too many others.
  void turn_away();
  /// Answers request number `request`; late or second answers are dropped.
  void answer(std::uint64_t request, server_response response);

private:
  void on_header(error_code error);
  void read_body();
  void on_request(error_code error);
  void hand_over();
  bool is_gone(error_code error);
  void refuse(int status, std::string_view code, std::string_view detail);

  void send(server_response response);
  std::string head() const;
  /// Sends `head` and `body`, then calls `then`.
  void write(std::string head, std::string body,
             std::function<void(error_code)> then);
  void send_whole(std::string body);
  void send_cut(std::string body, std::size_t size);
  void send_stream();
  void next_part();
  void on_part(body_part part);
  void send_part(body_part part);

  void on_written(error_code error);
  void linger();
  void drain(std::size_t most);
  void close();
  void reset();

  beast::tcp_stream stream_;
  http_world& world_;
  asio::steady_timer timer_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<http::response<http::empty_body>> out_;
  std::string head_;
  std::string text_;
  std::function<void()> on_sent_;
  body_source source_;
  std::string peer_;
  std::uint64_t request_ = 0;
  bool is_waiting_ = false;
  bool is_head_ = false;
  bool is_old_ = false;
  bool keep_alive_ = true;
};

} // namespace jobfarm::nodes
