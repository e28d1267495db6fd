#pragma once

#include "messages/expected.hpp"
#include "messages/link.hpp"
#include "messages/operations.hpp"
#include "nodes/fault_desk.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace jobfarm::nodes::link_layer {

/// What a session does with what comes in. Called from the link's thread;
/// must not block.
class guest {
public:
  virtual ~guest() = default;
  virtual void heard(link::frame message) = 0;
  /// The session has ended: nothing more comes.
  virtual void gone(const failure& why) = 0;
};

/// What actors leave for the worker of a session. From any thread.
class session_port {
public:
  virtual ~session_port() = default;
  virtual void tell(std::uint64_t session, link::frame message) = 0;
  virtual void end(std::uint64_t session, failure why) = 0;
};

struct server_options {
  /// `tcp://ADDRESS:PORT`; port 0 or `*` takes a free one.
  std::string listen = "tcp://127.0.0.1:7411";
  std::string key_file;
  /// Looked at anew when it changes, so that keys come and go at run time.
  std::string allow_file;
  std::string program_version;
  std::string incarnation;
  /// Takes a worker in, by its name and what it says of itself.
  std::function<std::unique_ptr<guest>(std::uint64_t session,
                                       const std::string& name,
                                       const link::hello& about)>
      open;
  /// One line for the operator.
  std::function<void(const std::string&)> note;
  /// Fail points `link.send`, `link.receive` and `link.clock`; may be null.
  std::shared_ptr<watch::fail_points> faults;
  /// Whose orders go to workers; may be null.
  std::shared_ptr<fault_desk> desk;
};

/// The coordinator's end of the data link: a ROUTER socket under CURVE with
/// ZAP, owned by one thread of its own (RFC 23/ZMTP, 26/CurveZMQ, 27/ZAP).
class server : public session_port {
public:
  /// Errors: invalid_input (address, keys).
  static expected<std::unique_ptr<server>> start(server_options options);
  ~server() override;

  /// The address that workers dial.
  std::string address() const;

  void tell(std::uint64_t session, link::frame message) override;
  void end(std::uint64_t session, failure why) override;

  // From any thread:
  expected<void> drain(const std::string& name);
  std::vector<node_status> nodes() const;

private:
  class implementation;
  explicit server(std::unique_ptr<implementation> running);

  std::unique_ptr<implementation> running_;
};

} // namespace jobfarm::nodes::link_layer
