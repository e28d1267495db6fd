#pragma once

/// The libraries that workbooks are written with and read by are loaded when
/// they are called first, which may be after hours of other work.
namespace jobfarm::report {

/// Load them now. Throw `missing_library`.
void load_xlsxwriter();
void load_zip();

} // namespace jobfarm::report
