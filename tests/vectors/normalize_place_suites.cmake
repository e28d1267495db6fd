target_sources(vectors PRIVATE normalize_place_suites.cpp)
target_link_libraries(vectors PRIVATE jobfarm_normalize)
target_compile_definitions(vectors PRIVATE
  JOBFARM_GAZETTEER="${JOBFARM_GAZETTEER}")
add_dependencies(vectors gazetteer)
