# fish completion of usersvc: usersvc --complete gives the candidates.

function __usersvc_candidates
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    for candidate in (command $before[1] --complete $before[2..-1] "$current" 2> /dev/null)
        switch $candidate
            case :files
                __fish_complete_path "$current"
            case :directories
                __fish_complete_directories "$current"
            case :commands
                complete -C "$current"
            case '*'
                echo $candidate
        end
    end
end

complete -c usersvc -f -a '(__usersvc_candidates)'
