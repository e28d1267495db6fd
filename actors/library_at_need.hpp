#pragma once

#include <dlfcn.h>

#include <stdexcept>
#include <string>

namespace jobfarm {

/// A shared library that is loaded when it is first needed, so that commands
/// which do without it neither wait for it nor for the libraries it needs.
class library_at_need {
public:
  /// Loads `file`, like "libcurl.so.4", out of the Debian package `package`.
  /// Throws `std::runtime_error` if it is not installed.
  library_at_need(const char* file, const char* package)
      : file_(file), handle_(dlopen(file, RTLD_NOW)) {
    if (!handle_)
      throw std::runtime_error(std::string{dlerror()} + "; install the package "
                               + package);
  }

  /// The library's own function of that name, of the type of `ours`. Throws
  /// `std::runtime_error` if there is none.
  template <class F>
  F* find(F* /*ours*/, const char* name) const {
    auto* found = dlsym(handle_, name);
    if (!found)
      throw std::runtime_error(std::string{dlerror()} + "; " + file_
                               + " is too old");
    return reinterpret_cast<F*>(found);
  }

private:
  const char* file_;
  void* handle_;
};

} // namespace jobfarm

/// Defines the C function `name` as a call of the function of that name in
/// `library`, looked up by the first call.
#define JOBFARM_FORWARD(library, result, name, parameters, arguments)          \
  result name parameters {                                                     \
    static auto* const call = (library).find(&(name), #name);                  \
    return call arguments;                                                     \
  }
