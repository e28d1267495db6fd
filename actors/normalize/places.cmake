# Places: the gazetteer, its compiler, and what reads places out of text.
add_executable(gazetteer_compile
  gazetteer_compile.cpp gazetteer_tables.cpp place_spelling.cpp)
pkg_check_modules(GEONAMES REQUIRED IMPORTED_TARGET geonames)
target_link_libraries(gazetteer_compile PRIVATE
  jobfarm_normalize_places PkgConfig::GEONAMES simdjson::simdjson)
# It runs once a build.
target_compile_options(gazetteer_compile PRIVATE $<$<CONFIG:Release>:-O1>)

set(JOBFARM_GAZETTEER ${CMAKE_BINARY_DIR}/share/jobfarm/gazetteer.bin
    CACHE INTERNAL "where the build puts the gazetteer")
add_custom_command(
  OUTPUT ${JOBFARM_GAZETTEER}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/share/jobfarm
  COMMAND gazetteer_compile ${CMAKE_CURRENT_SOURCE_DIR}/data
          ${JOBFARM_GAZETTEER}
  DEPENDS gazetteer_compile data/admin1_names.tsv data/small_places.tsv
          data/native_names.tsv
  COMMENT "Compiling the gazetteer")
add_custom_target(gazetteer ALL DEPENDS ${JOBFARM_GAZETTEER})

jobfarm_library(jobfarm_normalize_places HOT
  SOURCES gazetteer.cpp gazetteer_import.cpp gazetteer_writer.cpp place.cpp
          place_candidates.cpp place_chain.cpp place_choice.cpp place_evidence.cpp place_reader.cpp place_words.cpp postal_code.cpp
          regions.cpp wanted_place.cpp word_list.cpp work_mode.cpp work_mode_context.cpp work_mode_cues.cpp
          work_mode_days.cpp work_mode_lines.cpp work_mode_place.cpp
          work_mode_refusal.cpp
          work_mode_text.cpp work_mode_week.cpp piece_filter.cpp
  LINKS jobfarm_messages jobfarm_text)
