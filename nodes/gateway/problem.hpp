#pragma once

#include "messages/failure.hpp"
#include "nodes/http_message.hpp"

#include <string>
#include <vector>

namespace jobfarm::nodes::gateway {

/// One member of a body that is wrong, named by a JSON Pointer (RFC 6901).
struct body_fault {
  std::string pointer;
  std::string detail;
};

/// Why a request was not done, as RFC 9457 tells it. `code` is one of the
/// farm's failure codes.
struct problem {
  int status = 500;
  errc code = errc::internal;
  std::string detail;
  std::vector<body_fault> faults;
  std::vector<http_header> headers;
};

/// The problem that a failure of the farm is to a client.
problem problem_of(const failure& why);

/// `instance` is the path of the request, `request_id` finds it in the logs.
server_response to_response(const problem& what, const std::string& instance,
                            const std::string& request_id);

} // namespace jobfarm::nodes::gateway
