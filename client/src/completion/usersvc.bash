# bash completion of usersvc: usersvc --complete gives the candidates.

_usersvc() {
  local current=${COMP_WORDS[COMP_CWORD]} word quoted
  COMPREPLY=()
  while IFS=$'\t' read -r word _; do
    case $word in
      :files)
        compopt -o filenames
        while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current")
        ;;
      :directories)
        compopt -o filenames
        while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -d -- "$current")
        ;;
      :commands)
        while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -c -- "$current")
        ;;
      *)
        printf -v quoted %q "$word"
        COMPREPLY+=("$quoted")
        ;;
    esac
  done < <("${COMP_WORDS[0]}" --complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2> /dev/null)
}

complete -F _usersvc usersvc
